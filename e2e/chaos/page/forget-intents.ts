/**
 * Breaks Solotab on purpose, for `--mode broken`: the record forgets the marks of grants in flight. The bars of the
 * harness must notice.
 */
export function forgetIntents(): void {
  const { put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = function (value, key) {
    return put.call(this, value?.intent ? { ...value, intent: null } : value, key)
  }
}
