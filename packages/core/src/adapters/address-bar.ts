/** The page's address; null where there is no page. */
export const readAddress = (): URL | null =>
  typeof window === 'undefined' || typeof document === 'undefined' ? null : new URL(window.location.href)

/** Changes the address without a navigation or a history entry. */
export const replaceAddress = (url: URL): void => window.history.replaceState(window.history.state, '', url)
