/**
 * For `ref`: takes the focus when the element comes, if what had it is gone. Nobody is interrupted who is typing
 * elsewhere, as when another tab signs in.
 */
export function focusIfLost(element: HTMLElement | null): void {
  if (document.activeElement === document.body) element?.focus()
}
