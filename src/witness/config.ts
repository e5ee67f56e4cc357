import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { decodeBase64 } from '../bytes/index.ts'
import { LogError, parseVerifierKey } from '../log/verify/index.ts'
import type { VerifierKey } from '../log/verify/index.ts'
import { WitnessError } from './witness-error.ts'

/** The settings of a witness, as its YAML file gives them. */
export interface WitnessConfig {
  readonly version: 1
  /** Its name on cosignatures: no white space, no plus. */
  readonly name: string
  /** `host:port`; port 0 takes a free one. */
  readonly listen: string
  /** One line of base64: the 32 bytes of its Ed25519 secret. */
  readonly key_file: string
  /** One line of base64: the 32-byte seed of its ML-DSA-44 key. Left out: it has none. */
  readonly ml_dsa_key_file?: string | undefined
  readonly store: { readonly path: string }
  /** Verifier keys of type 1 of the logs it cosigns; the name of each is the origin. */
  readonly logs: readonly string[]
  /** Whether answers bear one signature line of no meaning. */
  readonly grease: boolean
  readonly limits: { readonly connections: number; readonly body_bytes: number }
}

/** Settings with their keys read and paths made absolute. */
export interface LoadedWitnessConfig {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly seed: Uint8Array
  readonly mlDsaSeed: Uint8Array | undefined
  readonly storePath: string
  readonly logs: ReadonlyMap<string, readonly VerifierKey[]>
  readonly grease: boolean
  readonly limits: WitnessConfig['limits']
}

const schema: z.ZodType<WitnessConfig> = z.strictObject({
  version: z.literal(1),
  name: z.string().regex(/^[^\p{White_Space}+]{1,200}$/u, 'must have no white space and no plus'),
  listen: z
    .string()
    .regex(/^[0-9a-z.:[\]-]+:\d{1,5}$/i, 'must be an address and a port, as in 127.0.0.1:8420'),
  key_file: z.string().min(1),
  ml_dsa_key_file: z.string().min(1).optional(),
  store: z.strictObject({ path: z.string().min(1) }),
  logs: z.array(z.string()).min(1, 'must name at least one log'),
  grease: z.boolean().default(true),
  limits: z
    .strictObject({
      connections: z.int().min(1).max(10_000).default(256),
      body_bytes: z.int().min(16_384).max(1_048_576).default(131_072),
    })
    .default({ connections: 256, body_bytes: 131_072 }),
})

/**
 * Reads a witness's configuration (YAML 1.2, unique keys; an unknown key is an error) and its key.
 * Paths in it are relative to the file.
 *
 * @throws {@link WitnessError} `CONFIG_UNREADABLE`, `CONFIG_INVALID`, `KEY_FILE_INVALID`
 */
export async function loadWitnessConfig(path: string): Promise<LoadedWitnessConfig> {
  const settings = check(await readYaml(path), path)
  const { name, listen, key_file, ml_dsa_key_file, store, logs, grease, limits } = settings
  const at = (relative: string): string => resolve(dirname(resolve(path)), relative)
  const border = listen.lastIndexOf(':')
  return {
    name,
    host: listen.slice(0, border).replaceAll(/[[\]]/g, ''),
    port: Number(listen.slice(border + 1)),
    seed: await readSeed(at(key_file)),
    mlDsaSeed: ml_dsa_key_file === undefined ? undefined : await readSeed(at(ml_dsa_key_file)),
    storePath: at(store.path),
    logs: byOrigin(logs),
    grease,
    limits,
  }
}

async function readYaml(path: string): Promise<unknown> {
  try {
    const value: unknown = parse(await readFile(path, 'utf8'), { version: '1.2', uniqueKeys: true })
    return value
  } catch (cause) {
    const message = `The configuration file ${path} cannot be read as YAML; name one with -c.`
    throw new WitnessError('CONFIG_UNREADABLE', message, { cause })
  }
}

function check(value: unknown, path: string): WitnessConfig {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const key = issue?.path.join('.') ?? ''
  const where = key === '' ? path : `${key} in ${path}`
  throw new WitnessError('CONFIG_INVALID', `${where}: ${issue?.message ?? 'invalid'}.`)
}

async function readSeed(path: string): Promise<Uint8Array> {
  try {
    const seed = decodeBase64((await readFile(path, 'utf8')).trimEnd())
    if (seed.length === 32) return seed
  } catch (cause) {
    const message = `The key file ${path} cannot be read as one line of base64.`
    throw new WitnessError('KEY_FILE_INVALID', message, { cause })
  }
  throw new WitnessError('KEY_FILE_INVALID', `The key file ${path} must hold 32 bytes in base64.`)
}

function byOrigin(vkeys: readonly string[]): ReadonlyMap<string, readonly VerifierKey[]> {
  const logs = new Map<string, VerifierKey[]>()
  for (const vkey of vkeys) {
    const key = readLogKey(vkey)
    logs.set(key.name, [...(logs.get(key.name) ?? []), key])
  }
  return logs
}

function readLogKey(vkey: string): VerifierKey {
  try {
    const key = parseVerifierKey(vkey)
    if (key.type === 1) return key
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause
    throw new WitnessError('CONFIG_INVALID', `logs: ${cause.message}.`, { cause })
  }
  throw new WitnessError('CONFIG_INVALID', 'logs: a key of a log has type 1 (Ed25519).')
}
