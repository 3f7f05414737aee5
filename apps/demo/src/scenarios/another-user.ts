import { sameUser } from '../verdicts/same-user.ts'
import type { Scenario } from './scenario.ts'
import { GRACE } from './users.ts'

export const anotherUser: Scenario = {
  id: 'another-user',
  title: 'Another user signs in',
  sentence: 'Grace signs in in one tab while another one waits for Ada’s new token.',
  tabs: null,
  notHosted: 'It takes a second account, and a server that takes its time over an answer.',
  async play(driver) {
    const { leader, others } = driver
    await driver.server.fault({ kind: 'delay-answer', delayMs: 1500 })
    driver.say("One tab refreshes Ada's session.")
    const refreshing = driver.order([leader], { do: 'refresh' })
    await driver.until(({ grants }) => grants.length > 0, 'the server has rotated the token')
    driver.say('Before the answer arrives, Grace signs in in another tab.')
    await driver.order(others.slice(0, 1), { do: 'sign-in', ...GRACE })
    await refreshing
  },
  verdict: (outcome) => sameUser(outcome, GRACE.email),
}
