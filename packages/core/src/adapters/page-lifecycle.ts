import type { Page } from '../ports.ts'

/** The page's life: Page Visibility, Page Lifecycle, page transitions and the network's state. */
export const browserPage: Page = {
  names: new Set(),
  isVisible: () => document.visibilityState === 'visible',
  subscribe(listener) {
    const subscription = new AbortController()
    const on = (target: EventTarget, type: string, tell: (event: Event) => void) =>
      target.addEventListener(type, tell, subscription)
    on(document, 'visibilitychange', () => listener(browserPage.isVisible() ? 'shown' : 'hidden'))
    // A frozen page has missed lock callbacks, timers and perhaps messages.
    on(document, 'resume', () => listener('woken'))
    on(window, 'online', () => listener('online'))
    // Whether the page is going to be unloaded or kept in the back-forward cache is not known yet.
    on(window, 'pagehide', () => listener('left'))
    on(window, 'pageshow', (event) => {
      if ((event as PageTransitionEvent).persisted) listener('returned')
    })
    return () => subscription.abort()
  },
}
