/** A value or the reason why there is none, so that a promise nobody waits for yet cannot reject. */
type Settled<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly cause: unknown }

/**
 * Yields `read(0)` … `read(count − 1)` in order while the next few are already under way: hashing
 * and waiting for the disk or the network overlap. At most `depth` values are held.
 */
export async function* readAhead<Value>(
  count: number,
  depth: number,
  read: (index: number) => Promise<Value>,
): AsyncGenerator<Value, void> {
  const pending: Promise<Settled<Value>>[] = []
  let next = 0
  for (let i = 0; i < count; i += 1) {
    for (; next < count && next < i + depth; next += 1) pending.push(settle(read(next)))
    const settled = await pending.shift()
    if (settled === undefined) return
    if (!settled.ok) throw settled.cause
    yield settled.value
  }
}

async function settle<Value>(promise: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { ok: true, value: await promise }
  } catch (cause) {
    return { ok: false, cause }
  }
}
