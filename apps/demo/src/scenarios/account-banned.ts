import { endedByServer } from '../verdicts/signed-out.ts'
import type { Scenario } from './scenario.ts'

export const accountBanned: Scenario = {
  id: 'account-banned',
  title: 'Account banned',
  sentence: 'The account is banned, and every tab loads its data after the token’s end.',
  tabs: null,
  notHosted: 'Bans of a real project are not for a demo to give.',
  async play(driver) {
    driver.say('The account is banned. The access tokens that are out go on working.')
    await driver.server.ban(driver.user.email)
    await driver.slowAnswers()
    driver.say('They expire, and every tab loads its data.')
    await driver.passTokenLife()
    await driver.order(driver.tabs, { do: 'load' })
  },
  verdict: endedByServer,
}
