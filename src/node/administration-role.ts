import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { decodeBase64, encodeBase64 } from '../bytes/index.ts'
import { systemClock } from '../platform/index.ts'
import { directoryKeyId, gatewayKeyId, parseOrganisationId } from '../protocol/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { secretsOf } from './doctor/check-secrets.ts'
import { examine } from './doctor/examine.ts'
import { KeptExaminations } from './doctor/kept-examinations.ts'
import type {
  AdministrationDeps,
  ShownKey,
  ShownKeyFile,
  ShownLog,
  ShownPeer,
  ShownStorage,
  ShownStore,
} from './http/office/index.ts'
import type { Peer } from './peer.ts'
import type { AliveGateway } from './start-node.ts'

type Ground = Pick<AliveGateway, 'loaded' | 'gateway' | 'life'>

/** The keys that a directory record lists; `undefined` without one. */
function recordKeys(organisation: string, { gateway }: Ground): readonly ShownKey[] | undefined {
  const standing = gateway.directory.standing(organisation)
  return standing?.keys.map(({ key, standing: { state } }) => ({
    organisation,
    use: key.use,
    name: key.name,
    keyId: directoryKeyId(parseOrganisationId(organisation), key),
    state,
    notBeforeMs: key.notBeforeMs,
    notAfterMs: key.notAfterMs,
  }))
}

/** A key that stands in the configuration: nothing says from when until when. */
function configured(organisation: string, use: string, keyId: string): ShownKey {
  const name = null
  return {
    organisation,
    use,
    name,
    keyId,
    state: 'configured',
    notBeforeMs: null,
    notAfterMs: null,
  }
}

function officerKey(organisation: string, use: 'dpo' | 'inspector', key: Uint8Array): ShownKey {
  const named = { use, name: null, publicKey: encodeBase64(key) }
  return configured(organisation, use, directoryKeyId(parseOrganisationId(organisation), named))
}

function configuredKeys({
  id,
  gatewayKeys,
  logKeys,
  dpoKeys,
  inspectorKeys,
}: Peer): readonly ShownKey[] {
  return [
    ...[...gatewayKeys.keys()].map((keyId) => configured(id, 'gateway', keyId)),
    ...logKeys.map(({ name, keyId }) => configured(id, 'log', `${name}+${keyId}`)),
    ...dpoKeys.map((key) => officerKey(id, 'dpo', key)),
    ...inspectorKeys.map((key) => officerKey(id, 'inspector', key)),
  ]
}

function peersOf(ground: Ground): readonly ShownPeer[] {
  return ground.gateway.directory.peers().map((peer) => {
    const listed = recordKeys(peer.id, ground)
    const from = listed === undefined ? 'configuration' : 'record'
    return { organisation: peer.id, url: peer.url, from, keys: listed ?? configuredKeys(peer) }
  })
}

function ownKeys(ground: Ground): readonly ShownKey[] {
  const { config } = ground.loaded
  const { key, ed25519 } = ground.gateway
  const own = parseOrganisationId(config.org.id)
  return (
    recordKeys(own, ground) ?? [
      configured(own, 'gateway', gatewayKeyId(own, ed25519.publicKey(key.seed))),
      officerKey(own, 'dpo', decodeBase64(config.keys.dpo_public)),
    ]
  )
}

/** Every secret that is a key of this gateway, by when its file was written. No secret is read. */
async function keyFiles(loaded: LoadedConfig): Promise<readonly ShownKeyFile[]> {
  const found: ShownKeyFile[] = []
  for (const [setting, file] of secretsOf(loaded)) {
    const stats = await stat(loaded.at(file)).catch(() => undefined)
    if (stats === undefined || !/^(?:keys|listen)\./.test(setting)) continue
    found.push({ setting, writtenAtMs: Math.floor(stats.mtimeMs) })
  }
  return found
}

async function storesOf({ config, at }: LoadedConfig): Promise<readonly ShownStore[]> {
  const found: ShownStore[] = []
  for (const [setting, path] of [
    ['store.path', at(config.store.path)],
    ['store.path-wal', `${at(config.store.path)}-wal`],
    ['store.head_path', at(config.store.head_path)],
  ] as const) {
    const stats = await stat(path).catch(() => undefined)
    if (stats !== undefined) found.push({ setting, bytes: stats.size })
  }
  return found
}

async function logsOf({ gateway: { reader } }: Ground): Promise<readonly ShownLog[]> {
  const origins = await reader.logs()
  const logs = origins.map(async (origin, at): Promise<ShownLog> => {
    const size = (await reader.logOf(origin).head())?.size ?? 0
    return { origin, size, closed: at < origins.length - 1 }
  })
  return Promise.all(logs)
}

async function storageOf(ground: Ground): Promise<ShownStorage> {
  const { config, at } = ground.loaded
  const { bavail, bsize } = await statfs(dirname(at(config.store.path)))
  return {
    stores: await storesOf(ground.loaded),
    logs: await logsOf(ground),
    freeBytes: bavail * bsize,
    shutBy: ground.life.gate.reasons(),
    said: ground.life.gate.said(),
  }
}

function examinations({ loaded, gateway }: Ground): AdministrationDeps['doctor'] {
  const { http, ed25519 } = gateway
  const deps = { http, ed25519, nowMs: () => systemClock.now() }
  const kept = new KeptExaminations((peer) => examine(loaded, deps, peer), systemClock)
  return (peer, fresh) => kept.of(peer, fresh)
}

/** What an administrator's pages read of this gateway. */
export function administrationRole(ground: Ground): AdministrationDeps {
  return {
    doctor: examinations(ground),
    peers: () => peersOf(ground),
    ownKeys: () => ownKeys(ground),
    keyFiles: () => keyFiles(ground.loaded),
    storage: () => storageOf(ground),
    jobs: () => ground.life.jobs(),
  }
}
