import { readCanonicalJson } from '../../bytes/index.ts'
import { governanceRecordSchema, type LogsReader, readPublicEntry } from '../../log/index.ts'
import type { GovernanceIndex } from '../reports/index.ts'
import { breachIn, breachKind, type PlacedBreach } from './declared-breach.ts'
import { type ExposableFacts, isExposed } from './exposure.ts'

/** Every breach that the organisation's logs declare, oldest first. */
export async function declaredBreaches(
  index: GovernanceIndex,
  reader: LogsReader,
): Promise<readonly PlacedBreach[]> {
  const found: PlacedBreach[] = []
  for (const { kind, place } of await index.all()) {
    if (kind !== breachKind) continue
    const entry = await readPublicEntry(reader.logOf(place.origin), place.index)
    if (entry === undefined) continue
    const record = governanceRecordSchema.parse(readCanonicalJson(entry.recordBytes))
    found.push({ ...breachIn(record), place })
  }
  return found
}

/**
 * The breaches that concern a person, by the entries that this person may see: one whose notice is withheld
 * says nothing here until it opens.
 */
export function breachesConcerning(
  disclosed: readonly { readonly record: ExposableFacts }[],
  breaches: readonly PlacedBreach[],
): readonly PlacedBreach[] {
  return breaches.filter((breach) => disclosed.some(({ record }) => isExposed(record, breach)))
}
