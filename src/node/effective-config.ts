import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import * as z from 'zod'
import { nodeConfigSchema } from './config.ts'
import { loadConfig } from './config-file.ts'
import { requireDemoPeers, timeLockOf } from './gateway-parts.ts'
import { isRecordPeer } from './peer-config.ts'
import { explicitPeer } from './peer.ts'
import { identitySealing } from './sealing-holders.ts'
import { requirePrivacy } from './public-url.ts'

/** One setting as it is in effect. Never a secret: those are named by their files. */
export interface EffectiveSetting {
  /** Names joined by dots, as `listen.public` or `peers.0.id`. */
  readonly key: string
  readonly value: string | number | boolean
  readonly from: 'file' | 'default'
}

/** The leaves of a value, in their order; empty lists and objects have none. */
function leavesOf(value: unknown, path: readonly string[] = []): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path.join('.'), value]])
  const found = new Map<string, unknown>()
  for (const [name, below] of Object.entries(value))
    for (const [key, leaf] of leavesOf(below, [...path, name])) found.set(key, leaf)
  return found
}

/**
 * Every setting that a configuration file has, or that a default gives it.
 *
 * @throws `NodeError` `CONFIG_UNREADABLE`, `CONFIG_INVALID`
 */
export async function effectiveSettings(path: string): Promise<readonly EffectiveSetting[]> {
  const { config } = await loadConfig(path)
  const written = leavesOf(parse(await readFile(path, 'utf8'), { version: '1.2' }))
  return [...leavesOf(config)].flatMap(([key, value]) => {
    const isLeaf = ['string', 'number', 'boolean'].includes(typeof value)
    const from = written.has(key) ? 'file' : 'default'
    return isLeaf ? [{ key, value: value as EffectiveSetting['value'], from } as const] : []
  })
}

/**
 * Holds a file against everything that can be told from it alone, without opening a store or a register.
 *
 * @throws `NodeError` `CONFIG_UNREADABLE`, `CONFIG_INVALID`, `DEMO_PEER_REFUSED`
 */
export async function checkConfig(path: string): Promise<void> {
  const { config } = await loadConfig(path)
  timeLockOf(config)
  requirePrivacy(config)
  identitySealing(config)
  const explicit = config.peers.flatMap((peer) => (isRecordPeer(peer) ? [] : [explicitPeer(peer)]))
  requireDemoPeers(config, explicit)
}

/** The JSON Schema (2020-12) of a gateway's file, for editors. */
export function configJsonSchema(): object {
  return {
    ...z.toJSONSchema(nodeConfigSchema, { io: 'input' }),
    title: "A Cloison gateway's configuration",
  }
}
