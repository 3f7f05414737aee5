import { readStaged } from '../protocol/staged.ts'
import { giveOwnSessionStorage } from '../staging/own-session-storage.ts'
import { setStage } from '../staging/stage.ts'
import { readPlace } from './place.ts'

const isRealTab = window.parent === window
const place = readPlace(location.search, isRealTab)
if (!place) throw new Error('This address is not one of a pane of the lab.')

// First of all, and only then is anything else loaded: it finds the page as it is staged.
const staged = readStaged(place.side)
if (!isRealTab) giveOwnSessionStorage(window, frameOf(place.original))
const stage = setStage(window, staged)
const { startPane } = await import('./start-pane.tsx')
startPane(place, staged, stage)

/** The window of another pane of the lab. */
function frameOf(pane: string | null): Window | null {
  const frame = window.parent.document.querySelector<HTMLIFrameElement>(`iframe[data-pane="${pane}"]`)
  return frame?.contentWindow ?? null
}
