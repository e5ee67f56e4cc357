import * as z from 'zod'
import { canonicalJson, decodeBase64 } from '../../bytes/index.ts'
import { ReconcileError } from './reconcile-error.ts'

/** The first line of a bundle: which entries of which log follow, and what proves them. */
export interface BundleHeader {
  readonly v: 1
  readonly format: 'cloison/reconciliation-bundle'
  readonly organisation: string
  /** Entries from here on follow, up to the size of the checkpoint. */
  readonly first: number
  /** The whole signed note, with its cosignatures. */
  readonly checkpoint: string
  /** Roots of the perfect subtrees of the first `first` entries, base64, largest first. */
  readonly peaks: readonly string[]
  /** The only organisations about exchanges with which records are opened; `null`: all. */
  readonly with: readonly string[] | null
  /** When the bundle was made, by the clock of whoever made it: milliseconds since the epoch. */
  readonly exportedAtMs: number
}

const hash = z.string().refine((text) => {
  try {
    return decodeBase64(text).length === 32
  } catch {
    return false
  }
})
const organisation = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/)
const index = z.int().nonnegative()

const headerSchema = z.strictObject({
  v: z.literal(1),
  format: z.literal('cloison/reconciliation-bundle'),
  organisation,
  first: index,
  checkpoint: z.string().max(65_536),
  peaks: z.array(hash).max(53),
  with: z.array(organisation).max(64).nullable(),
  exportedAtMs: index,
})

/** Longest line of a bundle that is read: a record has 65,000 bytes at most. */
export const mostLineBytes = 131_072

/** The line of a header, without its end. */
export function formatBundleHeader(header: BundleHeader): string {
  return canonicalJson({
    ...header,
    peaks: [...header.peaks],
    with: header.with === null ? null : [...header.with],
  })
}

/** Reads a header. @throws {@link ReconcileError} `BUNDLE_MALFORMED` */
export function parseBundleHeader(line: string): BundleHeader {
  try {
    return headerSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new ReconcileError(
      'BUNDLE_MALFORMED',
      'A bundle does not begin with the header of a reconciliation bundle.',
      { cause },
    )
  }
}
