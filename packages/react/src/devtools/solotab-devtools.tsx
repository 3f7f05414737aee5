import { type ReactElement, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from '../context.ts'
import { addHost } from './adapters/host.ts'
import { createEventLog } from './event-log.ts'
import { Panel } from './panel.tsx'
import { css } from './styles.ts'

export interface SolotabDevtoolsProps {
  /** The corner of the window. Default: `'bottom-right'`. */
  readonly position?: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left'
  /** Whether the panel is open at first. Default: false. */
  readonly initialIsOpen?: boolean
}

/**
 * A button in a corner of the window that opens a panel with what goes on: the tabs with their roles, the session and
 * its expiry, the Web Locks, the stored record without its secrets, and the diagnostic events of this tab; with buttons
 * to refresh, to make the token expire, and to give up leadership. To be put inside a `<SessionProvider>`. It renders
 * nothing on a server. An app that does not import this entry has nothing of it in its bundle:
 *
 * ```tsx
 * {import.meta.env.DEV && <SolotabDevtools />}
 * ```
 * @throws {SessionError} `provider_missing`.
 */
export const SolotabDevtools = ({
  position = 'bottom-right',
  initialIsOpen = false,
}: SolotabDevtoolsProps): ReactElement | null => {
  const { coordinator } = useStore()
  const log = useMemo(() => createEventLog(coordinator), [coordinator])
  useEffect(() => log.start(), [log])
  const [root, setRoot] = useState<ShadowRoot | null>(null)
  useEffect(() => {
    const host = addHost(css)
    setRoot(host.root)
    return () => {
      setRoot(null)
      host.remove()
    }
  }, [])

  const [isOpen, setIsOpen] = useState(initialIsOpen)
  const snapshot = useSyncExternalStore(
    coordinator.subscribe,
    coordinator.getSnapshot,
    coordinator.getSnapshot,
  )
  const opener = useRef<HTMLButtonElement>(null)
  // The focus follows whoever opens and closes; it stays where it is when the page is loaded.
  const wasToggled = useRef(false)
  const toggle = (opens: boolean) => {
    wasToggled.current = true
    setIsOpen(opens)
  }
  useEffect(() => {
    if (!isOpen && wasToggled.current) opener.current?.focus()
  }, [isOpen])

  if (!root) return null
  return createPortal(
    <div className={`corner ${position}`}>
      {isOpen ? (
        <Panel
          coordinator={coordinator}
          log={log}
          takesFocus={wasToggled.current}
          onClose={() => toggle(false)}
        />
      ) : (
        <section aria-label="Solotab devtools">
          <button
            ref={opener}
            type="button"
            className="opener"
            aria-expanded={false}
            aria-label="Open Solotab devtools"
            onClick={() => toggle(true)}
          >
            <span className={`dot ${snapshot.status}`} />
            Solotab
          </button>
        </section>
      )}
    </div>,
    root,
  )
}
