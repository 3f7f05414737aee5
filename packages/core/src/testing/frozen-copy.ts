const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) freeze(member)
  return Object.freeze(value)
}

/** What all pages can be given, as if each had a copy of its own: nobody can change it. */
export const frozenCopy = <T>(value: T): T => freeze(structuredClone(value))
