type Plain = Record<string, unknown>

const prototypeOf = (value: unknown): unknown =>
  typeof value === 'object' && value && Object.getPrototypeOf(value)

/**
 * `next`, with every part of it that equals its counterpart in `previous` replaced by that. So what has not
 * changed keeps its reference, although a rotation brings the whole session anew. Only arrays and plain
 * objects are looked into.
 */
export const share = <T>(previous: unknown, next: T): T => {
  const kind = prototypeOf(next)
  const isArray = kind === Array.prototype
  if (kind !== prototypeOf(previous) || (!isArray && kind !== Object.prototype)) return next
  const [before, after] = [previous as Plain, next as Plain]
  const shared = (isArray ? [] : {}) as Plain
  const keys = Object.keys(after)
  let same = keys.length === Object.keys(before).length
  for (const key of keys) {
    shared[key] = share(before[key], after[key])
    same &&= key in before && shared[key] === before[key]
  }
  return (same ? before : shared) as T
}
