import type { Line } from '../protocol/channel.ts'
import type { Command, FromLab, FromPane } from '../protocol/messages.ts'
import { readStaged } from '../protocol/staged.ts'
import type { Stage } from '../staging/stage.ts'
import { type Acting, act } from './actions.ts'
import type { Place } from './place.ts'
import type { Reporter } from './reporter.ts'

/** Carries out what the lab orders, and says when that is done. */
export function obey(
  { side, pane }: Place,
  line: Line<FromPane, FromLab>,
  stage: Stage,
  supabase: Acting,
  reporter: Reporter,
): void {
  const carryOut = async (command: Command): Promise<string | null> => {
    switch (command.do) {
      case 'freeze':
        stage.freeze()
        reporter.report()
        return null
      case 'thaw':
        stage.thaw()
        reporter.report()
        return null
      case 'restage':
        stage.restage(readStaged(side))
        return null
      default:
        await stage.thawed()
        return act(supabase, command)
    }
  }
  line.listen((message) => {
    if (message.type === 'roll-call') return reporter.report()
    if (!message.panes.includes(pane)) return
    const { id, command } = message
    carryOut(command)
      .catch((error: unknown) => String(error))
      .then((error) => line.post({ type: 'done', id, pane, error }))
      .catch(reportError)
  })
}
