import type { Scenario } from '../scenarios/scenario.ts'
import { clearSide } from './clear.ts'
import { Driver, type DriverOptions } from './driver.ts'

/** Begins anew: an empty server, no session, and so many tabs with somebody signed in. */
export async function prepare(
  options: DriverOptions,
  scenario: Pick<Scenario, 'storage'>,
  tabs: number,
  url: string,
): Promise<Driver> {
  const { bench, control, knobs, user } = options
  bench.showFrames([])
  await control?.reset(knobs)
  options.signal.throwIfAborted()
  const staged = await clearSide(bench.side, scenario.storage ?? 'local', url)
  options.signal.throwIfAborted()
  const driver = new Driver(options, staged)
  bench.callTheRoll() // real tabs of before
  await driver.order(
    bench.getState().panes.map(({ pane }) => pane),
    { do: 'restage' },
  )
  await driver.openTabs(tabs)
  const [first = ''] = driver.tabs
  await driver.signIn(first, user)
  if (control) await driver.order([first], { do: 'write' })
  const isSignedIn = (pane: string) => (state: typeof driver.state) =>
    state.panes.some((each) => each.pane === pane && each.status === 'signed-in')
  for (const pane of driver.tabs) await driver.until(isSignedIn(pane), 'every tab is signed in')
  return driver
}
