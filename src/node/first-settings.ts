import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { canonicalBytes, decodeUtf8, encodeBase64, encodeBase64Url } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { parseVerifierKey } from '../log/verify/index.ts'
import { certificatePin, makeCertificate } from '../platform/index.ts'
import type { Clock, Randomness } from '../ports/index.ts'
import { type DirectoryRecord, isGatewayUrl } from '../protocol/index.ts'
import { firstRecord } from './directory/first-record.ts'
import { addressPattern, type NodeConfig } from './config.ts'
import { foundedConfig } from './founded-config.ts'
import { NodeError } from './node-error.ts'
import type { FoundedOrganisation } from './init-organisation.ts'

/** What the settings of a new organisation say beyond its keys. */
export interface FirstSettings {
  readonly name: string
  /** `host:port` of the two listeners. */
  readonly listen: Pick<NodeConfig['listen'], 'public' | 'admin'>
  /** How peers reach the gateway, without a path. */
  readonly url: string
  /** Where a person writes for an accounting of disclosures. */
  readonly postalAddress: readonly string[]
  /** Under a day for demo origins alone; the usual one where it is left out. */
  readonly timeLockMs?: number | undefined
}

/** What writing them needs from outside. */
export interface SettingsDeps {
  readonly clock: Clock
  readonly randomness: Randomness
  readonly ed25519: Ed25519
}

const heading = `# The gateway's settings; each key is explained in docs/reference/configuration.md.
# Secrets are never in here: keys and tokens are named by their files.
`

const shardOf = (origin: string): string => origin.slice(origin.lastIndexOf('/') + 1)

/** What has a default, and the sections that are still to be added, are left out. */
function firstConfig(
  founded: FoundedOrganisation,
  settings: FirstSettings,
): Omit<NodeConfig, 'peers' | 'registers'> {
  const { name, listen, url, timeLockMs } = settings
  const tls = { certificate_file: certificateFile, key_file: certificateKeyFile }
  return {
    ...foundedConfig(founded, {
      name,
      listen: { ...listen, url, ...(isSecret(settings) ? { tls } : {}) },
      publishSeconds: 10,
      logFolder: `log/${shardOf(founded.origin)}`,
      signsTrees: true,
      timeLockMs,
    }),
    directory: { record_file: recordFile },
    callers: [
      { name: 'case-system', token_file: tokenFile, roles: ['ask'] },
      { name: 'data-protection', token_file: officeTokenFile, roles: ['act', 'disclose'] },
      { name: 'analysts', token_file: analystsTokenFile, roles: ['analyse'] },
    ],
    limits: { connections: 256, body_bytes: 65_536 },
  }
}

const certificateFile = 'keys/tls-certificate.pem'
const certificateKeyFile = 'keys/tls-key.pem'
const recordFile = 'directory.json'
const tokenFile = 'keys/ask.token'
/** Apart from the case system's, which must not be able to act. */
const officeTokenFile = 'keys/act.token'
/** Apart from the case system's, which has no use for tables. */
const analystsTokenFile = 'keys/analyse.token'

const isSecret = ({ url }: FirstSettings): boolean => url.startsWith('https:')

/** The pin of a new certificate for the public host; `undefined` where plain HTTP stays on this machine. */
async function writeCertificate(
  { folder }: FoundedOrganisation,
  settings: FirstSettings,
  deps: SettingsDeps,
): Promise<string | undefined> {
  if (!isSecret(settings)) return undefined
  const made = await makeCertificate(new URL(settings.url).hostname, deps)
  await writeFile(join(folder, certificateKeyFile), made.key, { flag: 'wx', mode: 0o600 })
  await writeFile(join(folder, certificateFile), made.certificate, { flag: 'wx' })
  return certificatePin(made.certificate)
}

function recordOf(
  founded: FoundedOrganisation,
  settings: FirstSettings,
  { pin, deps }: { readonly pin: string | undefined; readonly deps: SettingsDeps },
): DirectoryRecord {
  const logKey = parseVerifierKey(founded.logVerifierKey)
  const unnamed = { name: null }
  return firstRecord(
    {
      organisation: founded.id,
      name: settings.name,
      url: settings.url,
      postalAddress: settings.postalAddress,
      keys: [
        { use: 'gateway', ...unnamed, publicKey: founded.gatewayPublicKey },
        ...(pin === undefined ? [] : [{ use: 'tls' as const, ...unnamed, publicKey: pin }]),
        { use: 'log', name: logKey.name, publicKey: encodeBase64(logKey.publicKey) },
        { use: 'dpo', ...unnamed, publicKey: founded.dpoPublicKey },
      ],
    },
    { rootSeed: founded.rootSeed, nowMs: deps.clock.now(), ed25519: deps.ed25519 },
  )
}

function firstPolicy({ logVerifierKey }: FoundedOrganisation): string {
  return `# Who must have cosigned this organisation's log (C2SP tlog-policy). "none" trusts this machine alone:
# add witnesses that take no part in exchanges before a peer relies on this log.
log ${logVerifierKey}
quorum none
`
}

/** Looks at the public address before anything is made. @throws {@link NodeError} `CONFIG_INVALID` */
export function requireUrl(url: string): void {
  if (isGatewayUrl(url)) return
  throw new NodeError(
    'CONFIG_INVALID',
    `${JSON.stringify(url)} must be an https address without a path, as in https://tax.example:8411; plain http is for this machine alone.`,
  )
}

/** Looks at the addresses before anything is made. @throws {@link NodeError} `CONFIG_INVALID` */
export function requireListen({ public: open, admin }: NodeConfig['listen']): void {
  const wrong = [open, admin].find((address) => !addressPattern.test(address))
  if (wrong === undefined && open !== admin) return
  throw new NodeError(
    'CONFIG_INVALID',
    wrong === undefined
      ? 'The two listeners must have different addresses.'
      : `${JSON.stringify(wrong)} must be an address and a port, as in 127.0.0.1:8411.`,
  )
}

/**
 * Writes what `cloison serve` reads beside keys and stores: `cloison.yaml`, `directory.json` with the
 * certificate that it pins, bearer tokens for the own case system, the office of data protection and the analysts, `policy.txt`, `vkeys.txt`
 * and an empty folder of agreements. Never overwrites; rejects with `EEXIST` where one stands.
 */
export async function writeFirstSettings(
  founded: FoundedOrganisation,
  settings: FirstSettings,
  deps: SettingsDeps,
): Promise<void> {
  const { folder, logVerifierKey, logTreeVerifierKey } = founded
  const write = (name: string, text: string): Promise<void> =>
    writeFile(join(folder, name), text, { flag: 'wx' })
  await mkdir(join(folder, 'agreements'), { recursive: true })
  await write('policy.txt', firstPolicy(founded))
  await write('vkeys.txt', `${logVerifierKey}\n${logTreeVerifierKey}\n`)
  for (const file of [tokenFile, officeTokenFile, analystsTokenFile]) {
    const token = encodeBase64Url(deps.randomness.bytes(24))
    await writeFile(join(folder, file), `${token}\n`, { flag: 'wx', mode: 0o600 })
  }
  const pin = await writeCertificate(founded, settings, deps)
  const record = recordOf(founded, settings, { pin, deps })
  await write(recordFile, decodeUtf8(canonicalBytes(record)))
  await write('cloison.yaml', heading + stringify(firstConfig(founded, settings)))
}
