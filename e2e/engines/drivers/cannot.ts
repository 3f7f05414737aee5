/** Stands where a driver has no way. Scenarios that need one are skipped, so it is never called. */
export const cannot = (what: string) => (): never => {
  throw new Error(`This driver cannot ${what}.`)
}
