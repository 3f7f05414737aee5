import { judgeAdapters, type Verdict } from '../../packages/core/src/adapters/testing/judge-adapters.ts'

declare global {
  var verdicts: Promise<Verdict[]>
}

globalThis.verdicts = judgeAdapters()
