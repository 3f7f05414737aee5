import { carryOut, type Step } from './steps.ts'

/**
 * Finds what is on this machine, or installs it by the first plan that works.
 * @param otherwise What to do where no plan works: the message of the error.
 */
export function ensure<Found>(
  title: string,
  find: () => Found | null,
  plans: () => readonly (readonly Step[])[],
  otherwise: string,
  install: (plan: readonly Step[]) => boolean = carryOut,
): Found {
  const found = find()
  if (found) return found
  console.log(`No ${title} on this machine yet: installing one.`)
  for (const plan of plans()) {
    const installed = install(plan) && find()
    if (installed) return installed
  }
  throw new Error(otherwise)
}
