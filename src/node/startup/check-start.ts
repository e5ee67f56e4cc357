import type { PublishedMemory } from '../../log/index.ts'
import type { VerifierKey } from '../../log/verify/index.ts'
import { systemClock, systemRandomness } from '../../platform/index.ts'
import type { Files } from '../../ports/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { logKeyFiles, readLogSigners, verifierKeyOf } from '../log-keys.ts'
import { NodeError } from '../node-error.ts'
import type { OpenGateway } from '../open-gateway.ts'
import { checkLedgers } from './check-ledger.ts'
import { checkPeer, type PeerSeen } from './check-peers.ts'
import { checkPublished } from './check-published.ts'
import { checkWitness, type ReachableWitness } from './check-witnesses.ts'
import type { OwnLog } from './own-log.ts'

/** What the checks of a start found, when nothing speaks against going on. */
export interface StartFindings {
  readonly peers: readonly PeerSeen[]
  /** Asks every witness for what it cosigned last; throws {@link NodeError} on evidence. */
  readonly checkWitnesses: () => Promise<void>
}

/** The witnesses of a policy that have an address, each address once. */
export function reachableWitnesses({
  policy,
}: Pick<OpenGateway, 'policy'>): readonly ReachableWitness[] {
  const byUrl = new Map<string, ReachableWitness>()
  for (const { key, url } of policy.witnesses)
    if (url !== undefined && !byUrl.has(url)) byUrl.set(url, { name: key.name, url })
  return [...byUrl.values()]
}

/** The public keys of this organisation's own log. */
export async function ownLogKeys(
  { config, at }: LoadedConfig,
  { ed25519 }: Pick<OpenGateway, 'ed25519'>,
): Promise<readonly VerifierKey[]> {
  const signers = await readLogSigners(logKeyFiles(config).map(at), config.log.origin)
  return signers.map((signer) => verifierKeyOf(signer, ed25519))
}

async function openOwnLog(loaded: LoadedConfig, gateway: OpenGateway): Promise<OwnLog> {
  const { reader, ed25519 } = gateway
  const head = await reader.head()
  if (head === undefined) throw new NodeError('LOG_DAMAGED', 'There is no log in the store.')
  const { origin } = loaded.config.log
  return { origin, keys: await ownLogKeys(loaded, gateway), ed25519, reader, head }
}

/**
 * Holds the opened stores against the published folder, and against what witnesses and peers
 * remember. Who cannot be reached is left out; who remembers more than is stored is evidence.
 *
 * @throws {@link NodeError} `LOG_REGRESSED`, `LOG_FORKED`, `LOG_DAMAGED`, `LEDGER_REGRESSED`
 */
export async function checkStart(
  loaded: LoadedConfig,
  gateway: OpenGateway,
  folder: { readonly files: Files; readonly memory: PublishedMemory },
): Promise<StartFindings> {
  const { key, http } = gateway
  const own = await openOwnLog(loaded, gateway)
  const published = await checkPublished(folder, own)
  await checkLedgers(gateway.reader, chargedPopulations(loaded, gateway))
  const questions = { key, http, clock: systemClock, randomness: systemRandomness }
  const witnesses = reachableWitnesses(gateway)
  const checkWitnesses = async (): Promise<void> => {
    const head = (await gateway.reader.head()) ?? own.head
    const at = { ...own, head, published: await memorySize(folder.memory, published) }
    await Promise.all(witnesses.map((witness) => checkWitness(witness, at, http)))
  }
  const [peers] = await Promise.all([
    Promise.all(
      gateway.directory
        .peersWith(gateway.pendingRecords)
        .map((peer) => checkPeer(peer, own, questions)),
    ),
    checkWitnesses(),
  ])
  return { peers, checkWitnesses }
}

/** The populations that this organisation may be asked about: only those can ever have been charged. */
function chargedPopulations(
  { config }: LoadedConfig,
  { agreements, registers }: OpenGateway,
): readonly string[] {
  const isAsked = agreements.some(
    ({ agreement: { kind, provider } }) =>
      (kind === 'population' || kind === 'join') && provider.valueOf() === config.org.id,
  )
  if (!isAsked) return []
  return [...registers.values()].map(({ register }) => register.describe().population.name)
}

/** While the start publishes what was found, the published size grows under the witnesses' eyes. */
async function memorySize(
  memory: PublishedMemory,
  found: number | undefined,
): Promise<number | undefined> {
  const last = await memory.size()
  return last === undefined ? found : Math.max(last, found ?? 0)
}
