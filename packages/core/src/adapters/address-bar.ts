/** The page's address; null where there is no page. */
export const readAddress = (): URL | null => (globalThis.document ? new URL(location.href) : null)

/** Changes the address without a navigation or a history entry. */
export const replaceAddress = (url: URL): void => history.replaceState(history.state, '', url)

/** Calls back when this address is left, by a reload, too. */
export const beforeLeaving = (callback: () => void): void =>
  globalThis.window?.addEventListener('pagehide', callback)
