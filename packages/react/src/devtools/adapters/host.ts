/** A place in the page that belongs to the devtools alone. */
export interface Host {
  readonly root: ShadowRoot
  remove(): void
}

/**
 * Adds a place at the end of the body, behind a shadow root: no style of the app gets in, and none gets out. Not inside the
 * app, where a transformed parent would hold what is meant for the window's corner.
 */
export const addHost = (css: string): Host => {
  const element = document.createElement('solotab-devtools')
  const root = element.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  // A constructed sheet needs no permission of a content security policy.
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  document.body.append(element)
  return { root, remove: () => element.remove() }
}
