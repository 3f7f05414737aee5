import type { Command, Schedule } from './schedule.ts'

const setting: Omit<Schedule, 'commands'> = {
  seed: 0,
  server: 'v1',
  locks: true,
  indexedDb: 'all',
  serverAheadMs: 0,
  lifetimeSeconds: 60,
  tabs: 1,
}

const command = (kind: Command['kind'], tab = 0, amount = 0, pauseMs = 0): Command => ({
  kind,
  tab,
  amount,
  pauseMs,
})

/** What once broke something, made small, and what it broke. */
export const REGRESSIONS: Readonly<Record<string, Schedule>> = {
  "tabs that cannot read a newer build's record ask each other without end": {
    ...setting,
    tabs: 2,
    commands: [command('newer-record'), command('open', 0, 0, 1000)],
  },
  'a tab whose store failed for a while makes a generation of its own of an end that it has heard of': {
    ...setting,
    tabs: 3,
    commands: [
      command('no-store', 2),
      command('show'),
      command('close'),
      command('ban'),
      command('token', 0, 0, 48_817),
      command('token', 0, 0, 4),
    ],
  },
  'a tab that opens after the clock was put back sleeps until the old time comes again': {
    ...setting,
    commands: [command('close'), command('close'), command('jump', 0, 549)],
  },
  'tabs that know more than a record that was garbled and mended never look at it again': {
    ...setting,
    tabs: 4,
    commands: [command('freeze', 1, 0, 300_000), command('garble', 2, 713, 100), command('thaw', 0, 0, 1)],
  },
  'two sessions in one generation, after a garbled record, make the leader grant without end': {
    ...setting,
    tabs: 3,
    commands: [
      command('sign-in', 3),
      command('token', 0, 0, 31_712),
      command('trouble', 0, 646, 1076),
      command('show', 3, 587),
      command('amend', 3, 80, 12),
      command('refresh', 2, 657, 14),
      command('garble', 4, 509, 18_644),
      command('amend', 2, 382, 3854),
      command('show', 9, 763, 18_837),
      command('hide', 7, 962, 359),
      command('trouble', 2, 248, 18),
      command('open', 10, 725, 775),
      command('sign-out-soon', 3, 665, 20_673_660),
      command('refresh', 0, 614, 56_013),
    ],
  },
  'a late answer of the store is taken, since a forged message had the number of the generation that came meanwhile':
    {
      ...setting,
      seed: 938_999_740,
      serverAheadMs: 259_200_000,
      tabs: 4,
      commands: [
        command('close', 0, 0, 243863),
        command('sign-in', 4, 0, 2),
        command('freeze-soon', 4, 15, 890),
        command('close', 8, 0, 111),
        command('sleep', 0, 8, 357200),
        command('usurp', 0, 0, 30),
        command('forge', 0, 53, 0),
        command('usurp', 7, 0, 0),
        command('trouble', 0, 410, 0),
        command('refresh', 0, 0, 1),
        command('sign-out-soon', 9, 0, 13799),
        command('stranger', 0, 0, 0),
      ],
    },
  'nobody is told of a sign-in, since a reading that was under way brought it to its own tab first': {
    ...setting,
    seed: 1_784_634_028,
    serverAheadMs: 259_200_000,
    lifetimeSeconds: 3600,
    tabs: 3,
    commands: [command('sign-in-soon', 1, 135), command('calm')],
  },
  'of two things in one generation, after the record was cleared and garbled, each stays with a tab': {
    ...setting,
    lifetimeSeconds: 3600,
    tabs: 5,
    commands: [
      command('close'),
      command('wipe'),
      command('refresh', 1),
      command('close', 2, 0, 1002),
      command('garble'),
    ],
  },
  'a tab that is signed out, and knows more than a record that was garbled and mended, stays so': {
    ...setting,
    locks: false,
    serverAheadMs: 259_200_000,
    lifetimeSeconds: 3600,
    tabs: 2,
    commands: [command('sign-in'), command('sign-out', 3), command('show', 0, 0, 1), command('garble')],
  },
  'a change of the user in a tab whose store fails brings older tokens back': {
    ...setting,
    tabs: 3,
    commands: [
      command('no-store', 4),
      command('open'),
      command('crash-soon', 1, 17, 229),
      command('crash-soon', 1, 499),
      command('close', 2, 0, 26),
      command('bereave'),
      command('amend', 0, 0, 2),
    ],
  },
}
