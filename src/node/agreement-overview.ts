import { existsSync } from 'node:fs'
import {
  liftsOf,
  type AgreementStanding,
  parseAct,
  parseAgreement,
  standingSuspensions,
  type TimeLock,
} from '../agreement/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import {
  type AgreementDocument,
  type AgreementReader,
  type KnownAgreement,
  standingNow,
} from '../person/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { openStateReader } from '../storage/sqlite/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { openDirectory } from './directory/open-directory.ts'
import {
  countedLock,
  officerKeys,
  ownPolicy,
  readWitnessPolicy,
  timeLockOf,
} from './gateway-parts.ts'
import { knownUnder, type OfficerKeys, readAgreements } from './read-agreements.ts'
import { readSettingFile } from './read-setting-file.ts'

/** An agreement of an organisation, and where it stands by its own log. */
export interface AgreementRow extends KnownAgreement {
  readonly standing: AgreementStanding
}

const emptySource: AgreementReader = {
  agreementEvents: () => Promise.resolve([]),
  agreementDocuments: () => Promise.resolve([]),
  witnessedMs: () => Promise.resolve(undefined),
}

/** Files, and what the running gateway took up beside them: offers too, which one side has signed. */
function merged(
  files: readonly KnownAgreement[],
  kept: readonly AgreementDocument[],
  { officers, ed25519 }: { readonly officers: OfficerKeys; readonly ed25519: Ed25519 },
): readonly KnownAgreement[] {
  const others = kept
    .filter(
      ({ kind, digest }) => kind === 'agreement' && !files.some((one) => one.digest === digest),
    )
    .map(({ bytes, digest }) => {
      const agreement = parseAgreement(bytes)
      const found = knownUnder(agreement, officers, ed25519)
      return typeof found === 'string' ? { agreement, digest, countersigned: false } : found
    })
  return [...files, ...others]
}

async function countedLockOf({ config, at }: LoadedConfig): Promise<TimeLock> {
  const text = await readSettingFile(at(config.witness.policy_file), 'witness.policy_file')
  return countedLock(timeLockOf(config), ownPolicy(config, readWitnessPolicy(text)))
}

/**
 * Every agreement of an organisation with its standing at `nowMs`, by id and version. Reads the state
 * store and changes nothing; the gateway may run meanwhile.
 *
 * @throws {@link NodeError} `AGREEMENT_FILE_INVALID`, `CONFIG_INVALID`
 */
export async function agreementOverview(
  loaded: LoadedConfig,
  nowMs: number,
): Promise<readonly AgreementRow[]> {
  const { config, at } = loaded
  const folder = at(config.agreements.folder)
  const ed25519 = bestEd25519()
  const { book, pending } = await openDirectory(loaded, ed25519)
  const officers = officerKeys(config, book.peersWith(pending))
  const agreements = await readAgreements(folder, officers, ed25519)
  const store = at(config.store.path)
  using reader = existsSync(store) ? openStateReader(store) : undefined
  const source = reader ?? emptySource
  const kept = await source.agreementDocuments()
  const all = merged(agreements, kept, { officers, ed25519 })
  const rows = all.map(async (known) => {
    const deps = { timeLock: await countedLockOf(loaded), agreements: all }
    return { ...known, standing: await standingNow(source, known, nowMs, deps) }
  })
  return (await Promise.all(rows)).toSorted(
    (a, b) =>
      a.agreement.id.localeCompare(b.agreement.id) || a.agreement.version - b.agreement.version,
  )
}

/** The suspensions of an agreement that stand, as resuming it must name them. */
export async function openSuspensions(
  { config, at }: LoadedConfig,
  { agreement, digest }: Pick<KnownAgreement, 'agreement' | 'digest'>,
): Promise<readonly string[]> {
  const store = at(config.store.path)
  if (!existsSync(store)) return []
  using reader = openStateReader(store)
  const documents = await reader.agreementDocuments()
  const acts = documents
    .filter((one) => one.kind === 'act' && one.agreement === digest)
    .map(({ bytes }) => parseAct(bytes))
  return liftsOf(standingSuspensions(acts, agreement))
}
