/** Runs in a page that `window.open` has made. At first there is an empty one, which is complete at once. */
export const loadState = (): string => (location.href === 'about:blank' ? 'empty' : document.readyState)
