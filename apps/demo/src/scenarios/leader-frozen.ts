import { keptSession } from '../verdicts/kept-session.ts'
import type { Scenario } from './scenario.ts'

export const leaderFrozen: Scenario = {
  id: 'leader-frozen',
  title: 'Leader frozen',
  sentence: 'The browser freezes the tab that refreshes for all; the others go on.',
  tabs: null,
  notHosted: null,
  async play(driver) {
    const { leader, others } = driver
    driver.say('The tab is in the background, and the browser freezes it.')
    await driver.order([leader], { do: 'freeze' })
    if (!driver.isHosted) {
      driver.say('The access token expires, and the other tabs load their data.')
      await driver.slowAnswers()
      await driver.passTokenLife()
    }
    await driver.order(others, { do: driver.isHosted ? 'refresh' : 'load' })
    driver.say('Somebody goes back to the frozen tab: it runs again, and loads its data.')
    await driver.order([leader], { do: 'thaw' })
    await driver.order([leader], { do: 'load' })
  },
  verdict: (outcome) => keptSession(outcome, 1),
}
