import * as z from 'zod'
import { BytesError, decodeHex, encodeHex, readCanonicalJson } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import type { Side } from '../plan/index.ts'
import { auditSeed, drawnAudit } from './audit-draw.ts'
import type { AuditFinding } from './judge-audit.ts'

/** Something that an audit found, and about whom; `null` where three contradict each other. */
export interface PartyFinding {
  readonly party: Side | 'tally' | null
  readonly code:
    | AuditFinding['code']
    | 'EVIDENCE_MISSING'
    | 'EVIDENCE_CONTRADICTS'
    | 'ANSWER_MISSING'
    | 'ANSWER_MALFORMED'
    | 'LIST_MISSING'
    | 'LIST_NOT_COMMITTED'
  /** A place of the list, or a slot; `null` where it is about all. */
  readonly at: number | null
}

/** Every {@link PartyFinding.code}. */
export const findingCodes: readonly [PartyFinding['code'], ...PartyFinding['code'][]] = [
  'PLACES_MISSING',
  'INPUT_NOT_COMMITTED',
  'INPUT_NOT_MASKED',
  'UNIT_OUTSIDE',
  'DUMMIES_NOT_COMMITTED',
  'DUMMY_NOT_LISTED',
  'SLOT_NOT_DUMMY',
  'EVIDENCE_MISSING',
  'EVIDENCE_CONTRADICTS',
  'ANSWER_MISSING',
  'ANSWER_MALFORMED',
  'LIST_MISSING',
  'LIST_NOT_COMMITTED',
]

/** What one of the three has shown, in numbers and digests. */
export interface AuditedParty {
  readonly organisation: string
  /** SHA-256 of its evidence, hex; `null` where none came. */
  readonly evidence: string | null
  /** SHA-256 of its answer, hex; `null` where none came, and for the tally. */
  readonly answer: string | null
  /** How many places it opened. */
  readonly places: number
  /** How many dummies it opened; `null` where none were asked for. */
  readonly dummies: number | null
}

/** What an audit came to. It has no identifier, point or scalar, and may be shown to anybody. All bytes are hex. */
export interface JoinFinding {
  readonly v: 1
  readonly kind: 'join.finding'
  readonly planHash: string
  readonly qid: string
  readonly inspector: string
  readonly dummiesOf: Side | null
  readonly draw: {
    readonly nonce: string
    readonly shares: Readonly<Record<Side | 'tally', string | null>>
  }
  /** Places of both M2 lists; `null` where nothing could be drawn. */
  readonly points: Readonly<Record<Side, number>> | null
  /** Digest of M7's request; `null` where nothing could be drawn. */
  readonly request: string | null
  /** Digests of both M1; `null` where nothing was agreed on. */
  readonly commits: Readonly<Record<Side, string>> | null
  /** Digest of M6. */
  readonly result: string | null
  readonly parties: Readonly<Record<Side | 'tally', AuditedParty>>
  readonly findings: readonly PartyFinding[]
  /** Log time of the inspector. */
  readonly atMs: number
}

/** Most findings that are written down. */
export const mostFindings = 1_000

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
const party: z.ZodType<AuditedParty> = z.strictObject({
  organisation: z.string().min(1).max(200),
  evidence: digest.nullable(),
  answer: digest.nullable(),
  places: count,
  dummies: count.nullable(),
})
const side = z.enum(['left', 'right'])

/** The closed schema of a {@link JoinFinding}. */
export const findingSchema: z.ZodType<JoinFinding> = z.strictObject({
  v: z.literal(1),
  kind: z.literal('join.finding'),
  planHash: digest,
  qid: z.string().regex(/^[0-9a-f]{32}$/),
  inspector: z.string().min(1).max(200),
  dummiesOf: side.nullable(),
  draw: z.strictObject({
    nonce: digest,
    shares: z.strictObject({
      left: digest.nullable(),
      right: digest.nullable(),
      tally: digest.nullable(),
    }),
  }),
  points: z.strictObject({ left: count, right: count }).nullable(),
  request: digest.nullable(),
  commits: z.strictObject({ left: digest, right: digest }).nullable(),
  result: digest.nullable(),
  parties: z.strictObject({ left: party, right: party, tally: party }),
  findings: z
    .array(
      z.strictObject({
        party: z.enum(['left', 'right', 'tally']).nullable(),
        code: z.enum(findingCodes),
        at: count.nullable(),
      }),
    )
    .max(mostFindings)
    .readonly(),
  atMs: count,
})

/** @throws {@link JoinError} `MESSAGE_MALFORMED` */
export function readFinding(bytes: Uint8Array): JoinFinding {
  try {
    const json = readCanonicalJson(bytes, { maxBytes: 262_144, maxDepth: 8 })
    const { data } = findingSchema.safeParse(json)
    if (data !== undefined) return data
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
  }
  throw new JoinError('MESSAGE_MALFORMED', 'these bytes are no finding of an audit')
}

/** Whether an audit held: all was there, and nothing was found. */
export function isAuditHeld({ findings, request }: JoinFinding): boolean {
  return request !== null && findings.length === 0
}

/** Whether the places that were opened are those that nonce and shares draw: computed again, by anybody. */
export function isDrawHeld({ planHash, draw, points, request, dummiesOf }: JoinFinding): boolean {
  if (points === null || request === null) return false
  const hash = decodeHex(planHash)
  const { left, right, tally } = draw.shares
  const bytes = (share: string | null): Uint8Array | undefined =>
    share === null ? undefined : decodeHex(share)
  const shares = { left: bytes(left), right: bytes(right), tally: bytes(tally) }
  const seed = auditSeed(hash, decodeHex(draw.nonce), shares)
  const drawn = drawnAudit({ planHash: hash, seed, points, auditK: 64, dummiesOf })
  return encodeHex(sha256(drawn)) === request
}
