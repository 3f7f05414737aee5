import { keptSession } from '../verdicts/kept-session.ts'
import type { Scenario } from './scenario.ts'
import { isSteady } from './steady.ts'

export const lostAnswer: Scenario = {
  id: 'lost-answer',
  title: 'Lost answer',
  sentence: 'The server rotates the token, but the connection breaks before its answer.',
  tabs: null,
  notHosted: 'A real server cannot be told to cut a connection.',
  async play(driver) {
    await driver.server.fault({ kind: 'drop-answer' })
    await driver.slowAnswers()
    driver.say('The access token expires, and every tab loads its data; the first answer is lost.')
    await driver.passTokenLife()
    await driver.order(driver.tabs, { do: 'load' })
    driver.say('They try once more.')
    await driver.order(driver.tabs, { do: 'load' })
    await driver.until(isSteady, 'every tab has come to an end')
  },
  verdict: (outcome) => keptSession(outcome, 2), // the lost one, and one again
}
