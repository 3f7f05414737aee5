import { keptSession } from '../verdicts/kept-session.ts'
import type { Scenario } from './scenario.ts'

export const thirtyTabsWake: Scenario = {
  id: 'thirty-tabs-wake',
  title: 'Thirty tabs wake',
  sentence: 'A laptop wakes up, the access token has expired, and thirty tabs load their data.',
  tabs: 30,
  notHosted: null,
  async play(driver) {
    if (driver.isHosted) {
      driver.say('Every tab asks for a new token.')
      return driver.order(driver.tabs, { do: 'refresh' })
    }
    // A server that thirty tabs ask at once is not quick.
    await driver.slowAnswers()
    driver.say('The laptop sleeps past the end of the access token.')
    await driver.passTokenLife()
    driver.say('It wakes up, and every tab loads its data.')
    await driver.order(driver.tabs, { do: 'load' })
  },
  verdict: (outcome) => keptSession(outcome, 1),
}
