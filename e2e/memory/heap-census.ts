import type { CDPSession } from '@playwright/test'

/** What a page's scripts hold on to. */
export interface HeapCensus {
  readonly objects: number
  readonly bytes: number
}

/** What is left out: compiled code and shapes, which V8 makes as it likes, and what DevTools notes of the network. */
const COUNTED: readonly unknown[] = [
  'array',
  'bigint',
  'closure',
  'concatenated string',
  'number',
  'object',
  'regexp',
  'sliced string',
  'string',
  'symbol',
]

/** Counts what is alive in a page, once all that is garbage is collected. */
export async function countHeap(cdp: CDPSession): Promise<HeapCensus> {
  // The first pass may leave what its own finalizers set free.
  for (let passes = 0; passes < 3; passes += 1) await cdp.send('HeapProfiler.collectGarbage')
  const chunks: string[] = []
  const note = ({ chunk }: { chunk: string }) => chunks.push(chunk)
  cdp.on('HeapProfiler.addHeapSnapshotChunk', note)
  await cdp.send('HeapProfiler.takeHeapSnapshot')
  cdp.off('HeapProfiler.addHeapSnapshotChunk', note)
  return census(JSON.parse(chunks.join('')))
}

interface HeapSnapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly node_types: unknown[][] } }
  readonly nodes: readonly number[]
}

/** `nodes` has one number for each field of each node, and `node_types` the names of the first field's values. */
function census({ snapshot: { meta }, nodes }: HeapSnapshot): HeapCensus {
  const width = meta.node_fields.length
  const typeAt = meta.node_fields.indexOf('type')
  const sizeAt = meta.node_fields.indexOf('self_size')
  const counted = (meta.node_types[typeAt] ?? []).map((type) => COUNTED.includes(type))
  let objects = 0
  let bytes = 0
  for (let node = 0; node < nodes.length; node += width) {
    if (!counted[nodes[node + typeAt] ?? -1]) continue
    objects += 1
    bytes += nodes[node + sizeAt] ?? 0
  }
  return { objects, bytes }
}
