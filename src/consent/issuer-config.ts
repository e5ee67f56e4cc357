import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { decodeBase64 } from '../bytes/index.ts'
import { isLoopbackHost } from '../protocol/index.ts'
import { ConsentError } from './consent-error.ts'

/** An organisation as the issuer knows it. Keys are public, base64 of 32 bytes. */
export interface IssuerOrganisation {
  readonly id: string
  readonly name: { readonly en: string; readonly fr?: string; readonly es?: string }
  /** Of its data protection officer: whose agreements count. Left out: it is only named on pages. */
  readonly dpo_key?: string | undefined
  /** Of its gateway, where it may ask for consents. */
  readonly gateway_keys: readonly string[]
  /** Of its inspector, who countersigns agreements. */
  readonly inspector_key?: string | undefined
}

/** The settings of an issuer of consent, as its YAML file gives them. Paths are relative to the file. */
export interface IssuerConfig {
  readonly version: 1
  /** Whose issuer it is: one of `organisations`. */
  readonly organisation: string
  /** A loopback address; what the world reaches stands before it and speaks TLS. */
  readonly listen: string
  /** How persons and gateways reach it: https, or http on this machine; without a path. */
  readonly url: string
  /** One line of base64: the 32 bytes of the Ed25519 secret that signs consents. */
  readonly key_file: string
  /** How persons sign in; as the pages of a gateway have it. */
  readonly identity_file: string
  /** The agreements under which it issues: `*.json`, canonical, signed. */
  readonly agreements_folder: string
  /** The decisions, one line each. */
  readonly records_file: string
  readonly organisations: readonly IssuerOrganisation[]
}

/** Settings with their paths made absolute. */
export interface LoadedIssuerConfig extends IssuerConfig {
  readonly host: string
  readonly port: number
}

const key = z.string().refine((text) => {
  try {
    return decodeBase64(text).length === 32
  } catch {
    return false
  }
}, 'must be a public key: 32 bytes in base64')
const path = z.string().min(1)
const id = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be the id of an organisation')
const name = z.string().min(1).max(120)

const schema: z.ZodType<IssuerConfig> = z.strictObject({
  version: z.literal(1),
  organisation: id,
  listen: z.string().refine((text) => {
    const colon = text.lastIndexOf(':')
    return /^\d{1,5}$/.test(text.slice(colon + 1)) && isLoopbackHost(text.slice(0, colon))
  }, 'must be a loopback address and a port, as in 127.0.0.1:8450'),
  url: z.string().refine((text) => {
    if (!/^https?:\/\/[a-z0-9.:[\]-]+$/.test(text) || !URL.canParse(text)) return false
    const { protocol, hostname } = new URL(text)
    return protocol === 'https:' || isLoopbackHost(hostname)
  }, 'must be an https address without a path, or http on this machine'),
  key_file: path,
  identity_file: path,
  agreements_folder: path,
  records_file: path,
  organisations: z
    .array(
      z.strictObject({
        id,
        name: z.strictObject({ en: name, fr: name.exactOptional(), es: name.exactOptional() }),
        dpo_key: key.optional(),
        gateway_keys: z.array(key).default([]),
        inspector_key: key.optional(),
      }),
    )
    .min(1),
})

async function readYaml(file: string): Promise<unknown> {
  try {
    const value: unknown = parse(await readFile(file, 'utf8'), { version: '1.2', uniqueKeys: true })
    return value
  } catch (cause) {
    const message = `The configuration file ${file} cannot be read as YAML; name one with -c.`
    throw new ConsentError('CONFIG_UNREADABLE', message, { cause })
  }
}

function check(value: unknown, file: string): IssuerConfig {
  const result = schema.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    const at = issue?.path.join('.') ?? ''
    const where = at === '' ? file : `${at} in ${file}`
    throw new ConsentError('CONFIG_INVALID', `${where}: ${issue?.message ?? 'invalid'}.`)
  }
  const { organisation, organisations } = result.data
  const own = organisations.find((one) => one.id === organisation)
  if (own === undefined || own.gateway_keys.length > 0) {
    const message = `organisation in ${file}: must be one of "organisations", and without gateway_keys, since nobody consents for whom they ask about.`
    throw new ConsentError('CONFIG_INVALID', message)
  }
  return result.data
}

/**
 * Reads an issuer's configuration (YAML 1.2, unique keys; an unknown key is an error).
 *
 * @throws {@link ConsentError} `CONFIG_UNREADABLE`, `CONFIG_INVALID`
 */
export async function loadIssuerConfig(file: string): Promise<LoadedIssuerConfig> {
  const settings = check(await readYaml(file), file)
  const at = (relative: string): string => resolve(dirname(resolve(file)), relative)
  const colon = settings.listen.lastIndexOf(':')
  return {
    ...settings,
    key_file: at(settings.key_file),
    identity_file: at(settings.identity_file),
    agreements_folder: at(settings.agreements_folder),
    records_file: at(settings.records_file),
    host: settings.listen.slice(0, colon).replaceAll(/[[\]]/g, ''),
    port: Number(settings.listen.slice(colon + 1)),
  }
}
