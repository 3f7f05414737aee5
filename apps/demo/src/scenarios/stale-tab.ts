import { keptSession } from '../verdicts/kept-session.ts'
import type { Scenario } from './scenario.ts'

export const staleTab: Scenario = {
  id: 'stale-tab',
  title: 'Stale tab',
  sentence: 'In an app that keeps its session in sessionStorage, a duplicated tab wakes after two hours.',
  tabs: 1,
  opens: 1,
  storage: 'session',
  notHosted: 'A real server cannot be told that two hours have passed.',
  async play(driver) {
    const { leader: tab } = driver
    driver.say('Tab 1 is duplicated, session storage and all, and the duplicate goes to sleep.')
    const old = await driver.duplicate(tab)
    await driver.order([old], { do: 'freeze' })
    for (const hour of ['An hour passes', 'Another hour passes']) {
      driver.say(`${hour}, and somebody works on in tab 1.`)
      await driver.passTokenLife()
      await driver.order([tab], { do: 'load' })
    }
    driver.say('The old tab wakes up, after the reuse interval, and loads its data.')
    await driver.passTime((driver.knobs.reuseIntervalSeconds + 60) * 1000)
    await driver.order([old], { do: 'thaw' })
    await driver.order([old], { do: 'load' })
    driver.say('An hour later tab 1 loads its data, too.')
    await driver.passTokenLife()
    await driver.order([tab], { do: 'load' })
  },
  verdict: (outcome) => keptSession(outcome, 3), // one for each hour
}
