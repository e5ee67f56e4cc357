import { type LogWriter, logWriter } from '../log/index.ts'
import type { GovernanceIntent, KnownAgreement } from '../person/index.ts'
import { finishAnnounced, finishErasures } from './finish-erasures.ts'
import { openLog } from './open-log.ts'
import type { KeysOfHead } from './keys-of-head.ts'
import { prepareOrganisation } from './prepare-organisation.ts'
import type {
  OrganisationCommitted,
  OrganisationIntent,
  WriterSettings,
} from './writer-messages.ts'

/** The writer of one organisation's store, with the lock that makes it the only one. */
export interface OpenWriter extends Disposable {
  readonly log: LogWriter<OrganisationIntent, OrganisationCommitted>
  /** Acts about keys that were added or dropped since the last commit; an added key signs after its own. */
  readonly keyActs: readonly GovernanceIntent[]
  /** Takes an agreement up from now on, in place of the same one with fewer signatures. */
  know(agreement: KnownAgreement): void
}

const keyKinds = { added: 'key.log-added', dropped: 'key.log-dropped' } as const

function keyActs({ added, dropped }: KeysOfHead): readonly GovernanceIntent[] {
  const act = (kind: string, name: string): GovernanceIntent => ({
    type: 'governance',
    kind,
    name,
    digest: null,
    body: null,
    agreement: undefined,
  })
  return [
    ...added.map((key) => act(keyKinds.added, key)),
    ...dropped.map((key) => act(keyKinds.dropped, key)),
  ]
}

function isKeyAct(intent: OrganisationIntent): boolean {
  return intent.type === 'governance' && intent.kind === keyKinds.added
}

/**
 * Opens the stores, checks them against each other and every leaf against the signed root, and
 * makes the log's writer. A key that the head does not bear yet begins to sign once the entry about it
 * is on disk.
 *
 * @throws {@link StorageError}, {@link LogError}, {@link NodeError}: each says what to do
 */
export async function openWriter(
  settings: WriterSettings,
  agreements: readonly KnownAgreement[],
): Promise<OpenWriter> {
  const open = await openLog(settings)
  const { randomness, aead, recordKeys, signers: configured } = open.deps
  const { organisation, timeLock, retention } = settings
  const known = [...agreements]
  const deps = {
    organisation,
    randomness,
    aead,
    recordKeys,
    agreements: known,
    timeLock,
    retention,
  }
  const places = { store: open.store, recordKeys }
  await finishAnnounced(places)
  let signers = open.keys.active
  const log = logWriter(
    {
      ...open.deps,
      get signers() {
        return signers
      },
    },
    prepareOrganisation(deps),
    open.start,
  )
  return {
    log: {
      async commit(batch) {
        const results = await log.commit(batch)
        finishErasures(results, places)
        if (batch.some(isKeyAct)) signers = configured
        return results
      },
    },
    keyActs: keyActs(open.keys),
    know(agreement) {
      const at = known.findIndex(({ digest }) => digest === agreement.digest)
      if (at === -1) known.push(agreement)
      else known[at] = agreement
    },
    [Symbol.dispose]: () => open[Symbol.dispose](),
  }
}
