/** Is this rendered on a server? There is no session to be waited for. */
export const isServer = (): boolean => typeof document === 'undefined'

export const after = (ms: number, run: () => void): void => {
  setTimeout(run, ms)
}
