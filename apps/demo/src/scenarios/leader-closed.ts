import { keptSession } from '../verdicts/kept-session.ts'
import type { Scenario } from './scenario.ts'

export const leaderClosed: Scenario = {
  id: 'leader-closed',
  title: 'Leader closed mid-refresh',
  sentence: 'The tab that refreshes is closed while the new token is on its way.',
  tabs: null,
  notHosted: 'A real server cannot be told to take its time over an answer.',
  async play(driver) {
    const { leader, others } = driver
    await driver.server.fault({ kind: 'delay-answer', delayMs: 5000 })
    driver.say('The access token expires, and one tab begins to refresh.')
    await driver.passTokenLife()
    const loading = driver.order([leader], { do: 'load' })
    await driver.until(({ grants }) => grants.length === 1, 'the server has rotated the token')
    driver.say('The server has rotated the token; the tab is closed before it hears of it.')
    driver.close(leader)
    await loading
    await driver.slowAnswers()
    driver.say('The other tabs load their data.')
    await driver.order(others, { do: 'load' })
  },
  verdict: (outcome) => keptSession(outcome, 2), // the lost one, and one again
}
