import { keptSession } from '../verdicts/kept-session.ts'
import type { Scenario } from './scenario.ts'
import { isSteady } from './steady.ts'

const IN_TUNNEL_MS = 2500

export const offlineOverExpiry: Scenario = {
  id: 'offline-over-expiry',
  title: 'Offline over expiry',
  sentence: 'The train is in a tunnel while the access token expires, and comes out again.',
  tabs: null,
  notHosted: 'A real server cannot be told that an hour has passed.',
  async play(driver) {
    await driver.setOffline(true)
    driver.say('There is no network, the access token expires, and every tab tries to load its data.')
    await driver.passTokenLife()
    const trying = driver.order(driver.tabs, { do: 'load' })
    await driver.linger(IN_TUNNEL_MS)
    driver.noteWhoIsSignedIn()
    await driver.slowAnswers()
    await driver.setOffline(false)
    driver.say('The network is back, and every tab loads its data again.')
    await trying
    await driver.order(driver.tabs, { do: 'load' })
    await driver.until(isSteady, 'every tab has come to an end')
  },
  verdict: (outcome) => keptSession(outcome, 1),
}
