import * as z from 'zod'
import { decodeBase64 } from '../bytes/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import { parsePolicy, parseVerifierKey } from '../log/verify/index.ts'
import {
  type AnyPeerConfig,
  isTokenCaller,
  type LoadedConfig,
  readSettingFile,
  readTokenFile,
} from '../node/index.ts'
import { folderFiles } from '../platform/index.ts'
import type { Files, HttpClient } from '../ports/index.ts'
import type { VerificationKeys } from '../web/index.ts'
import type { LoggedGateway } from './gateway-address.ts'
import { jsonOf } from './json-of.ts'
import { PagesError } from './pages-error.ts'

/** What pages do at a gateway, each by the token of a caller that may. */
export type PagesCall = 'disclose' | 'act' | 'administer' | 'analyse'

/** The gateway behind an organisation's pages, with everything that its settings and its record say. */
export interface OwnGateway {
  readonly organisation: string
  /** Its name for people, by its directory record. */
  readonly name: string
  /** As everybody, without a token. */
  readonly open: LoggedGateway
  /** As a caller with this role; `undefined` where the settings have none with a token file. */
  as(call: PagesCall): LoggedGateway | undefined
  readonly verification: VerificationKeys
  /** Its log as it is published, in the folder of the settings. */
  readonly published: Files
  /** Milliseconds between publication of an agreement and its effect. */
  readonly timeLockMs: number
  /** How often its log is published. */
  readonly publishMs: number
  /** The hosts of peers' logs, by organisation. */
  readonly hosts: ReadonlyMap<string, string>
}

const recordSchema = z.object({
  name: z.string(),
  keys: z.array(z.object({ use: z.string(), name: z.string().nullable(), publicKey: z.string() })),
})
const agreementsSchema = z.object({ timeLockMs: z.int() })
const limits = { timeoutMs: 20_000, maxResponseBytes: 16_777_216 }

async function readOpenly(url: string, http: HttpClient): Promise<unknown> {
  const response = await http
    .send({ method: 'GET', url, headers: {}, ...limits })
    .catch((cause: unknown) => {
      throw new PagesError(
        'REQUEST_FAILED',
        'The gateway of "gateway_file" cannot be reached; start it with cloison serve first.',
        { cause },
      )
    })
  if (response.status === 200) return jsonOf(response)
  throw new PagesError('REQUEST_FAILED', `The gateway answered ${response.status}.`)
}

/** Keys of the own logs by the directory record, and of the witnesses by the policy, a line each. */
function vkeysOf(record: z.infer<typeof recordSchema>, policy: string): string {
  const logs = record.keys.flatMap(({ use, name, publicKey }) =>
    use === 'log' && name !== null
      ? [formatVerifierKey(name, SIGNATURE_TYPES.ed25519, decodeBase64(publicKey))]
      : [],
  )
  const witnesses = parsePolicy(policy).witnesses.map(({ key }) =>
    formatVerifierKey(key.name, key.type, key.publicKey),
  )
  return `${[...logs, ...witnesses].join('\n')}\n`
}

/** The newest origin of a peer's log, by its record file or by the keys of the settings. */
async function peerOrigin(
  peer: AnyPeerConfig,
  at: LoadedConfig['at'],
): Promise<string | undefined> {
  if ('log_vkeys' in peer) {
    const vkey = peer.log_vkeys.at(-1)
    return vkey === undefined ? undefined : parseVerifierKey(vkey).name
  }
  const text = await readSettingFile(at(peer.record_file), 'record_file')
  const { keys } = recordSchema.parse(JSON.parse(text))
  return keys.findLast(({ use }) => use === 'log')?.name ?? undefined
}

async function hostsOf({ config, at }: LoadedConfig): Promise<ReadonlyMap<string, string>> {
  const hosts = new Map<string, string>()
  for (const peer of config.peers) {
    const host = (await peerOrigin(peer, at))?.split('/', 1)[0]
    if (host !== undefined) hosts.set(peer.id, host)
  }
  return hosts
}

async function tokensOf({ config, at }: LoadedConfig): Promise<ReadonlyMap<PagesCall, string>> {
  const calls = ['disclose', 'act', 'administer', 'analyse'] as const
  const callers = config.callers.filter(isTokenCaller)
  const found = new Map<PagesCall, string>()
  for (const call of calls) {
    const caller = callers.find(({ roles }) => roles.includes(call))
    if (caller !== undefined) found.set(call, await readTokenFile(at(caller.token_file)))
  }
  return found
}

/**
 * Reads how the gateway of these settings is reached. No key of it is read. It must run: its record and its time lock
 * are its own to say.
 *
 * @throws {@link PagesError} `REQUEST_FAILED`; `NodeError` for settings and token files
 */
export async function ownGateway(
  loaded: LoadedConfig,
  { url, http }: { readonly url: string; readonly http: HttpClient },
): Promise<OwnGateway> {
  const { config, at } = loaded
  const policy = await readSettingFile(at(config.witness.policy_file), 'witness.policy_file')
  const record = recordSchema.parse(await readOpenly(`${url}/v1/directory`, http))
  const { timeLockMs } = agreementsSchema.parse(await readOpenly(`${url}/v1/agreements`, http))
  const tokens = await tokensOf(loaded)
  const organisation = config.org.id
  const adminUrl = `http://${config.listen.admin}`
  const { origin, publish_s: publishS } = config.log
  const open = { organisation, url, adminUrl, token: '', origin }
  return {
    organisation,
    name: record.name,
    open,
    as: (call) => {
      const token = tokens.get(call)
      return token === undefined ? undefined : { ...open, token }
    },
    verification: { vkeys: vkeysOf(record, policy), policy },
    published: folderFiles(at(config.log.folder)),
    timeLockMs,
    publishMs: publishS * 1000,
    hosts: await hostsOf(loaded),
  }
}
