/** Remembers, for all tabs, that a session ended since nobody was here. */
export interface IdleEnd {
  /** To be called before the sign-out: a hidden tab hears of that before its own timer runs. */
  remember(): void
  /** To be called at the next sign-in. */
  forget(): void
  isSet(): boolean
}

const ITEM = 'solotab-notes-idle-end'

/** @param storage One that all tabs share. If it fails, the sign-out is told as any other. */
export function createIdleEnd(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): IdleEnd {
  return {
    remember: () => orElse(() => storage().setItem(ITEM, '1'), undefined),
    forget: () => orElse(() => storage().removeItem(ITEM), undefined),
    isSet: () => orElse(() => storage().getItem(ITEM) !== null, false),
  }
}

/** Storage may be forbidden, or full. */
function orElse<T>(use: () => T, otherwise: T): T {
  try {
    return use()
  } catch {
    return otherwise
  }
}

/** Of this browser. */
export const idleEnd = createIdleEnd(() => localStorage)
