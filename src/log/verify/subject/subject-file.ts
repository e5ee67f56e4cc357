import * as z from 'zod'
import type { ExchangeRecord } from '../../entry/index.ts'

/**
 * What a person is told of an entry that stays sealed from them for the sake of another person: by the
 * organisation's word, for a commitment opens as a whole or not at all (`spec/bystander.md`).
 */
export type SealedFacts = Pick<ExchangeRecord, 'consumer' | 'legalBasis' | 'purpose' | 'timeMs'>

/** An entry with everything that proves it: what it says and where it stands. */
export interface ProvenEntry {
  /** The log that it is in. */
  readonly origin: string
  readonly index: number
  /** Base64, 34 bytes. */
  readonly leaf: string
  /** Base64, 32 bytes; null once the organisation has erased it, and where the entry is sealed. */
  readonly r: string | null
  /** Canonical JSON; null where `r` is. */
  readonly record: string | null
  /** There where the entry is about another person's case: in the place of what opens it. */
  readonly sealed?: SealedFacts
  /** C2SP tlog-proof. */
  readonly proof: string
}

/** One link of a chain, opened. */
export interface ChainLink {
  readonly seq: number
  /** Commitment of the entry before, base64. */
  readonly prev: string | null
  /** Base64, 32 bytes: opens the link in the entry's record; null with the entry's `r`. */
  readonly c: string | null
  readonly entry: ProvenEntry
}

/** Whether and how a handle is in the map of an epoch; all base64. */
export type MapEvidence =
  | {
      readonly state: 'present'
      readonly count: number
      readonly blinding: string
      readonly siblings: readonly string[]
    }
  | {
      readonly state: 'absent'
      readonly other: { readonly key: string; readonly head: string } | null
      readonly siblings: readonly string[]
    }

/** All entries about one person in one organisation's logs, with what proves that they are all. */
export interface SubjectChain {
  readonly organisation: string
  readonly subject: { readonly scheme: string; readonly value: string }
  /** Base64, 80 bytes: whose handle it is. */
  readonly handleProof: string
  /** The entry `epoch.closed`. */
  readonly epoch: ProvenEntry
  readonly map: MapEvidence
  readonly links: readonly ChainLink[]
}

/**
 * The file that `cloison subject export` writes (`spec/epoch-map.md`). Personal data, for the person
 * it is about.
 */
export interface SubjectFile {
  readonly kind: 'cloison/subject'
  readonly v: 1
  readonly madeAtMs: number
  /** C2SP verifier keys, one a line. */
  readonly vkeys: string
  /** C2SP tlog-policy. */
  readonly policy: string
  readonly chain: SubjectChain
  /** Entries whose withheld notice has opened. */
  readonly opened: readonly ProvenEntry[]
}

const text = z.string().max(1_100_000)
const name = z.string().max(300)
const count = z.int().nonnegative()
const hash = z.string().max(64)

const sealedFacts: z.ZodType<SealedFacts> = z.strictObject({
  consumer: name,
  legalBasis: name.nullable(),
  purpose: name.nullable(),
  timeMs: count,
})

const provenEntry = z.strictObject({
  origin: name,
  index: count,
  leaf: name,
  r: hash.nullable(),
  record: z.string().max(65_536).nullable(),
  sealed: sealedFacts.exactOptional(),
  proof: text,
})

const siblings = z.array(hash).max(256)

/** Accepts a {@link SubjectChain}, by its shape alone. */
export const subjectChainSchema: z.ZodType<SubjectChain> = z.strictObject({
  organisation: name,
  subject: z.strictObject({ scheme: name, value: name }),
  handleProof: name,
  epoch: provenEntry,
  map: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('present'), count, blinding: hash, siblings }),
    z.strictObject({
      state: z.literal('absent'),
      other: z.strictObject({ key: hash, head: hash }).nullable(),
      siblings,
    }),
  ]),
  links: z
    .array(
      z.strictObject({
        seq: count,
        prev: hash.nullable(),
        c: hash.nullable(),
        entry: provenEntry,
      }),
    )
    .max(100_000),
})

/** Accepts a {@link SubjectFile}, by its shape alone. */
export const subjectFileSchema: z.ZodType<SubjectFile> = z.strictObject({
  kind: z.literal('cloison/subject'),
  v: z.literal(1),
  madeAtMs: count,
  vkeys: text,
  policy: text,
  chain: subjectChainSchema,
  opened: z.array(provenEntry).max(100_000),
})

/**
 * Reads a subject file: `malformed` when it says that it is one and is not in the form of one,
 * `undefined` when the text is anything else. What it proves is not checked here.
 */
export function parseSubjectFile(json: string): SubjectFile | 'malformed' | undefined {
  try {
    const value: unknown = JSON.parse(json)
    if (!z.looseObject({ kind: z.literal('cloison/subject') }).safeParse(value).success)
      return undefined
    return subjectFileSchema.safeParse(value).data ?? 'malformed'
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
