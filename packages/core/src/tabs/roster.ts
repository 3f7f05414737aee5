import type { TabPorts } from './ports.ts'
import type { Presence } from './tab.ts'

/** How a tab shows that it is there, and learns who else is. There is one by locks and one by messages. */
interface Roster {
  /** This tab is here, and so; to be called again when that changes. */
  enter(self: Presence): void
  /** This tab leaves: no lock, channel or timer is left. Harmless when it is not here. */
  leave(): void
  /** Says from now on who else is here, until the returned function is called. */
  watch(): () => void
  /** Looks anew, as after a time in which news may have been missed. */
  look(): void
}

/** @param onOthers Hears who else is here whenever that may have changed. */
export type OpenRoster = (
  ports: TabPorts,
  coordinator: { readonly name: string; readonly tabId: string },
  onOthers: (others: readonly Presence[]) => void,
) => Roster
