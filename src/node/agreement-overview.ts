import { existsSync } from 'node:fs'
import type { AgreementStanding } from '../agreement/index.ts'
import { type KnownAgreement, standingNow } from '../person/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { openStateReader } from '../storage/sqlite/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { openDirectory } from './directory/open-directory.ts'
import { officerKeys, timeLockOf } from './gateway-parts.ts'
import { readAgreements } from './read-agreements.ts'

/** An agreement of an organisation, and where it stands by its own log. */
export interface AgreementRow extends KnownAgreement {
  readonly standing: AgreementStanding
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
  const rows = agreements.map(async (known) => {
    const source = reader ?? { agreementEvents: () => Promise.resolve([]) }
    return { ...known, standing: await standingNow(source, known, nowMs, timeLockOf(config)) }
  })
  return (await Promise.all(rows)).toSorted(
    (a, b) =>
      a.agreement.id.localeCompare(b.agreement.id) || a.agreement.version - b.agreement.version,
  )
}
