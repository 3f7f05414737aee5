import type { TestDetails } from '@playwright/test'
import { CLIENT_VERSIONS, type ClientVersion } from '../src/stage.ts'

/** Each client version with the details of its scenarios: those of older clients play in Chromium alone. */
export const CLIENTS: readonly [ClientVersion, TestDetails][] = CLIENT_VERSIONS.map((client, index) => [
  client,
  index === 0 ? {} : { tag: '@older-client' },
])
