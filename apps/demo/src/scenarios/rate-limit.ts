import { keptSession } from '../verdicts/kept-session.ts'
import type { Scenario } from './scenario.ts'

const BURST = 5

export const rateLimit: Scenario = {
  id: 'rate-limit',
  title: 'Rate limit',
  sentence: 'The office has nearly used up what the server allows, and twelve tabs wake.',
  tabs: 12,
  notHosted: 'The limits of a real server are not for a demo to use up.',
  async play(driver) {
    await driver.server.change({ rateLimit: { perSecond: 0.01, burst: BURST } })
    await driver.slowAnswers()
    driver.say(`The server lets ${BURST} grants through at a time. The access token expires.`)
    await driver.passTokenLife()
    driver.say('Every tab loads its data.')
    await driver.order(driver.tabs, { do: 'load' })
  },
  verdict: (outcome) => keptSession(outcome, 1),
}
