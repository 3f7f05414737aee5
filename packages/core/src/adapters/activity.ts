/** What a user does to a page. No `scroll`: a page that scrolls by itself, as a log does, has nobody before it. */
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'touchmove', 'wheel']

/** Calls `listener` at each input of the user to this page while it is visible; returns a function that ends this. */
export const subscribeToActivity = (listener: () => void): (() => void) => {
  const subscription = new AbortController()
  let place = ''
  const hear = (event: Event): void => {
    if (document.visibilityState !== 'visible') return
    if (event.type === 'pointermove') {
      // Browsers send moves when a page changes under a pointer that lies still.
      const { screenX, screenY } = event as PointerEvent
      const moved = place !== '' && place !== `${screenX} ${screenY}`
      place = `${screenX} ${screenY}`
      if (!moved) return
    }
    listener()
  }
  const how = { capture: true, passive: true, signal: subscription.signal }
  for (const type of INPUTS) addEventListener(type, hear, how)
  return () => subscription.abort()
}

/** Calls `listener` when the user turns to this window, as after a sleep; returns a function that ends this. */
export const subscribeToFocus = (listener: () => void): (() => void) => {
  addEventListener('focus', listener)
  return () => removeEventListener('focus', listener)
}
