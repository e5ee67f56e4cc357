import { MAX_OPENING_BYTES, openEntry, parseLeaf, parsePublishedOpening } from '../opening.ts'
import type { Audit } from './audit.ts'
import type { ProvenEntry } from './check-bundle.ts'

/** Path of the published opening of a governance entry. */
export function openingPath(entry: number): string {
  return `governance/${entry}`
}

/**
 * Checks what a proven entry says: it is a leaf of version 1, and a governance entry has its
 * opening published, which opens this leaf.
 *
 * @returns whether an opening is published where one belongs
 */
export async function checkEntry(
  { source, problems }: Audit,
  { entry, leaf, file, offset }: ProvenEntry,
): Promise<boolean> {
  const parsed = parseLeaf(leaf)
  if (parsed === undefined) problems.add({ code: 'ENTRY_FORMAT', file, offset, entry })
  if (parsed?.class !== 'governance') return false
  const path = openingPath(entry)
  const bytes = await source.read(path, MAX_OPENING_BYTES)
  if (bytes === undefined) {
    problems.add({ code: 'OPENING_MISSING', file: path, entry })
    return false
  }
  const opening = parsePublishedOpening(bytes)
  if (opening?.index !== entry || !openEntry(leaf, opening).ok) {
    problems.add({ code: 'OPENING_WRONG', file: path, entry })
  }
  return true
}
