import { NodeError } from './node-error.ts'

const shard = '[a-z0-9][a-z0-9-]{0,31}'
const originPattern = new RegExp(`^[a-z0-9][a-z0-9.-]{0,200}(?::[0-9]{1,5})?/log/${shard}$`)

/**
 * Checks the name of a new log: host, `/log/`, and a shard of lower-case letters, digits and "-".
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function requireOrigin(origin: string): void {
  if (originPattern.test(origin)) return
  throw new NodeError(
    'CONFIG_INVALID',
    'The origin must be a host, "/log/" and a name for the half year, without a scheme, such as tax.example/log/2026h2.',
  )
}

/**
 * Checks the name of a successor: below the same prefix as the present log, under another shard.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export function requireSuccessorOrigin(origin: string, next: string): void {
  const prefix = origin.slice(0, origin.lastIndexOf('/') + 1)
  const isSibling = next.startsWith(prefix) && originPattern.test(next)
  if (isSibling && next !== origin) return
  throw new NodeError(
    'CONFIG_INVALID',
    `The next log must be another one below ${prefix}, such as ${prefix}2027h1.`,
  )
}
