import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | undefined

/** What a context that was made after the flag has by this name; nothing of it is on the own global object. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  return typeof found === 'function'
    ? () => void Reflect.apply(found, undefined, [])
    : () => undefined
}

/**
 * Gives back at once what this thread has dropped, instead of when the engine comes to it: large lists lie outside its heap,
 * and it waits long with them on a machine that has memory. Stops this thread meanwhile, and no other: only for one that has
 * nothing else to do.
 */
export function collectGarbage(): void {
  collect ??= collector()
  collect()
}
