import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeBase64 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { createLog, formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import { gatewayKeyId, type OrganisationId } from '../protocol/index.ts'
import type { Clock, Randomness } from '../ports/index.ts'
import { nodeMlDsa44 } from '../platform/index.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateStore,
} from '../storage/sqlite/index.ts'
import { makeKeyFile, readKeyFile } from './key-file.ts'

/** A new organisation: its folder, and the public halves of its keys for its peers. */
export interface FoundedOrganisation {
  readonly id: OrganisationId
  readonly folder: string
  readonly origin: string
  /** `<org>/gateway/<8 hex>`; names the key in message signatures. */
  readonly gatewayKeyId: string
  /** Base64, 32 bytes. */
  readonly gatewayPublicKey: string
  readonly logVerifierKey: string
  /** Of the ML-DSA-44 key that signs published checkpoints as well. */
  readonly logTreeVerifierKey: string
  readonly dpoPublicKey: string
  /** Base64, 32 bytes; the secret half lies in `keys/root.key` and is given to no gateway. */
  readonly rootPublicKey: string
  readonly rootSeed: Uint8Array
  /** The officer's secret; lies in its own file and is given to no gateway. */
  readonly dpoSeed: Uint8Array
  readonly pseudonymKey: Uint8Array
}

/** What founding needs from outside. */
export interface FoundingDeps {
  readonly clock: Clock
  readonly randomness: Randomness
  readonly ed25519: Ed25519
}

/**
 * Makes an organisation's folder: `keys/` with an empty `record/` for monthly keys, an empty `state.db` and `head.db`, and the log of
 * `origin` with its first checkpoint, of size 0. Refuses a folder that holds any of these. The
 * configuration file is written by the caller.
 */
export async function initOrganisation(
  identity: OrganisationIdentity,
  deps: FoundingDeps,
): Promise<FoundedOrganisation> {
  const { folder, origin } = identity
  const { ed25519, randomness } = deps
  await mkdir(folder, { recursive: true })
  const make = (name: string): Promise<Uint8Array> =>
    makeKeyFile(join(folder, 'keys', name), randomness)
  const gatewaySeed = await make('gateway.key')
  const logSeed = await make('log.key')
  const logTreeSeed = await make('log-ml-dsa.key')
  const dpoSeed = await make('dpo.key')
  const rootSeed = await make('root.key')
  const pseudonymKey = await make('pseudonym.key')
  await mkdir(join(folder, 'keys', 'record'), { mode: 0o700 })
  await make('handle.key')
  createStateStore(join(folder, 'state.db'))
  createHeadStore(join(folder, 'head.db'))
  await foundLog(folder, origin, logSeed, deps)
  const seeds = { gatewaySeed, logSeed, logTreeSeed, dpoSeed, rootSeed, pseudonymKey }
  return organisationOf(identity, seeds, ed25519)
}

/** Who an organisation is and where it keeps everything. */
export type OrganisationIdentity = Pick<FoundedOrganisation, 'id' | 'folder' | 'origin'>

/** The secret halves, 32 bytes each. */
interface OrganisationSeeds extends Pick<
  FoundedOrganisation,
  'dpoSeed' | 'rootSeed' | 'pseudonymKey'
> {
  readonly gatewaySeed: Uint8Array
  readonly logSeed: Uint8Array
  readonly logTreeSeed: Uint8Array
}

function organisationOf(
  { id, folder, origin }: OrganisationIdentity,
  seeds: OrganisationSeeds,
  ed25519: Ed25519,
): FoundedOrganisation {
  const { gatewaySeed, logSeed, logTreeSeed, dpoSeed, rootSeed, pseudonymKey } = seeds
  const gatewayPublicKey = ed25519.publicKey(gatewaySeed)
  return {
    id,
    folder,
    origin,
    gatewayKeyId: gatewayKeyId(id, gatewayPublicKey),
    gatewayPublicKey: encodeBase64(gatewayPublicKey),
    logVerifierKey: formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(logSeed)),
    logTreeVerifierKey: formatVerifierKey(
      origin,
      SIGNATURE_TYPES.treeCosignature,
      nodeMlDsa44.publicKey(logTreeSeed),
    ),
    dpoPublicKey: encodeBase64(ed25519.publicKey(dpoSeed)),
    rootPublicKey: encodeBase64(ed25519.publicKey(rootSeed)),
    rootSeed,
    dpoSeed,
    pseudonymKey,
  }
}

/**
 * Reads an organisation that {@link initOrganisation} made back from its key files, the officer's among them.
 *
 * @throws {@link NodeError} `KEY_FILE_INVALID`
 */
export async function readOrganisation(
  identity: OrganisationIdentity,
  ed25519: Ed25519,
): Promise<FoundedOrganisation> {
  const read = (name: string): Promise<Uint8Array> =>
    readKeyFile(join(identity.folder, 'keys', name))
  const seeds = {
    gatewaySeed: await read('gateway.key'),
    logSeed: await read('log.key'),
    logTreeSeed: await read('log-ml-dsa.key'),
    dpoSeed: await read('dpo.key'),
    rootSeed: await read('root.key'),
    pseudonymKey: await read('pseudonym.key'),
  }
  return organisationOf(identity, seeds, ed25519)
}

async function foundLog(
  folder: string,
  origin: string,
  seed: Uint8Array,
  deps: FoundingDeps,
): Promise<void> {
  using store = openStateStore(join(folder, 'state.db'))
  using headStore = openHeadStore(join(folder, 'head.db'))
  const signer = { name: origin, type: SIGNATURE_TYPES.ed25519, seed }
  await createLog({
    store,
    headStore,
    ed25519: deps.ed25519,
    origin,
    signers: [signer],
    nowMs: deps.clock.now(),
  })
}
