import { expect, type Page } from '@playwright/test'
import { add, field, PATIENT, signIn, status, test } from '../src/notes-world.ts'

for (const [button, here, there] of [
  ['Sign out', 'You have signed out.', 'You were signed out in another tab.'],
  ['Sign out everywhere', 'You have signed out.', 'You were signed out in another tab.'],
  ['Let the session grow too old', 'Your session has expired.'],
  ['End the session at the server', 'The server has ended your session.'],
  ['Block the account', 'Your account is blocked.'],
] as const) {
  test(`“${button}” in one tab: each tab says why it is signed out`, async ({ notes }) => {
    const tabs = await notes.openTwo()
    await tabs[0].getByRole('button', { name: button, exact: true }).click()
    await expect(status(tabs[0])).toContainText(here)
    await expect(status(tabs[1])).toContainText(there ?? here)
    for (const tab of tabs) await expect(tab.getByRole('button', { name: 'Sign in' })).toBeVisible()
  })
}

test('storage that the browser has cleared is told as that', async ({ notes }) => {
  const tabs = await notes.openTwo()
  await add(tabs[0], 'Buy milk')
  const browser = await notes.context.newCDPSession(tabs[0])
  await browser.send('Storage.clearDataForOrigin', {
    origin: new URL(notes.url).origin,
    storageTypes: 'indexeddb',
  })
  await tabs[0].getByRole('button', { name: 'Refuse the access token' }).click()
  await tabs[0].getByRole('button', { name: 'Download CSV' }).click()
  for (const tab of tabs) await expect(status(tab)).toContainText('deleted what this site had stored')
})

test('a blocked account cannot sign in, and says so; when the block is lifted it can', async ({ notes }) => {
  const [here] = await notes.openTwo()
  await here.getByRole('button', { name: 'Block the account' }).click()
  await here.getByLabel('Password').fill('correct horse')
  await signIn(here)
  await expect(here.getByRole('alert').filter({ hasText: /banned/i })).toBeVisible()
  await here.getByRole('button', { name: 'Lift the block' }).click()
  await signIn(here)
  await expect(here.getByText('None yet.')).toBeVisible()
})

test('what is being typed stays when the session ends, over a reload, and for its user alone', async ({
  notes,
}) => {
  const [here, there] = await notes.openTwo()
  await add(here, 'Buy milk')
  await there.getByRole('button', { name: 'Edit “Buy milk”' }).click()
  await there.getByLabel('Text of “Buy milk”').fill('Buy oat milk')
  await field(there).fill('Half a thought')
  await here.getByRole('button', { name: 'End the session at the server' }).click()
  await expect(status(there)).toContainText('The server has ended your session.')
  await expect(field(there)).toHaveValue('Half a thought')
  await field(there).pressSequentially(', and more')

  await here.getByLabel('Password').fill('correct horse')
  await signIn(here)
  await expect(there.getByLabel('Text of “Buy milk”')).toHaveValue('Buy oat milk')
  await there.reload()
  await expect(there.getByLabel('Text of “Buy milk”')).toHaveValue('Buy oat milk')
  await expect(field(there)).toHaveValue('Half a thought, and more')

  await here.getByRole('button', { name: 'Sign out', exact: true }).click()
  await notes.signUp([here])
  await expect(there.getByText('None yet.')).toBeVisible()
  await expect(field(there)).toHaveValue('')
})

test('nobody here: a warning that any tab can answer, then all tabs are signed out and say why', async ({
  notes,
}) => {
  const [here, there] = await notes.openTwo('?idle=8')
  const warning = (tab: Page) => tab.getByRole('region', { name: 'Still there?' })
  for (const tab of [here, there]) await expect(warning(tab)).toBeVisible(PATIENT)
  await there.keyboard.press('Shift')
  for (const tab of [here, there]) await expect(warning(tab)).toBeHidden()
  for (const tab of [here, there]) await expect(status(tab)).toContainText('because nobody was here', PATIENT)
})
