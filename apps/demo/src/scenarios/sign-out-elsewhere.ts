import { signedOutEverywhere } from '../verdicts/signed-out.ts'
import type { Scenario } from './scenario.ts'

export const signOutElsewhere: Scenario = {
  id: 'sign-out-elsewhere',
  title: 'Sign-out elsewhere',
  sentence: 'Somebody signs out in one tab while another one waits for its new token.',
  tabs: null,
  notHosted: null,
  async play(driver) {
    const { leader, others } = driver
    if (!driver.isHosted) await driver.server.fault({ kind: 'delay-answer', delayMs: 1500 })
    driver.say('One tab refreshes the session.')
    const refreshing = driver.order([leader], { do: 'refresh' })
    if (!driver.isHosted) {
      await driver.until(({ grants }) => grants.length > 0, 'the server has rotated the token')
    }
    driver.say('Before the answer arrives, somebody signs out in another tab.')
    await driver.order(others.slice(0, 1), { do: 'sign-out' })
    await refreshing
  },
  verdict: signedOutEverywhere,
}
