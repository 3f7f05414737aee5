import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The newest version of supabase-js that can be installed; null where the registry does not answer. */
export const newestOnNpm = async (): Promise<string | null> => {
  const args = ['view', '@supabase/supabase-js', 'version', '--fetch-retries=0', '--fetch-timeout=10000']
  try {
    return (await promisify(execFile)('npm', args, { shell: process.platform === 'win32' })).stdout.trim()
  } catch {
    return null
  }
}
