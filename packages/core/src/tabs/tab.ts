/** What a tab says of itself. */
export interface Presence {
  readonly id: string
  readonly role: 'leader' | 'follower'
  readonly visible: boolean
}

/** One tab of this app. */
export interface Tab extends Presence {
  /** The `tabId` of its coordinator; a new one at each page load. */
  readonly id: string
  /** Whether it is the one that schedules grants. */
  readonly role: 'leader' | 'follower'
  /** False while it is in the background, minimised or frozen. */
  readonly visible: boolean
  /** Is it this tab? */
  readonly self: boolean
}

const isSame = (one: Tab, other: Tab): boolean =>
  one.id === other.id && one.role === other.role && one.visible === other.visible && one.self === other.self

/**
 * The list to show next, in an order that is the same in all tabs. What has not changed is the same object as
 * before: each tab, and the whole list.
 */
export const nextTabs = (
  before: readonly Tab[],
  self: Presence,
  others: readonly Presence[],
): readonly Tab[] => {
  const known = new Map(before.map((tab) => [tab.id, tab]))
  const tabs = [{ ...self, self: true }, ...others.map((other) => ({ ...other, self: false }))]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((tab) => {
      const old = known.get(tab.id)
      return old && isSame(old, tab) ? old : tab
    })
  return tabs.length === before.length && tabs.every((tab, index) => tab === before[index]) ? before : tabs
}
