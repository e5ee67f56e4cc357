import * as z from 'zod'
import {
  BytesError,
  canonicalBytes,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from '../../bytes/index.ts'
import { asJoinPlan, JoinError, type JoinPlan, joinPlanJson } from '../psi/index.ts'
import { type ReleasedCell, ReleaseError } from '../release/index.ts'
import { checkJoinRelease } from './check-join-release.ts'
import { type JoinCertificate, joinCertificateSchema } from './join-certificate.ts'
import type { JoinNumber } from './join-numbers.ts'

/** What a release of a join says, before anybody has held it against its own plan. */
export interface JoinReleaseContent {
  readonly v: 1
  /** What was asked, of whom, with what noise: all parties have signed it. */
  readonly plan: JoinPlan
  /** Log time of the tally at which the plan was begun: as of then both registers were read. */
  readonly asOfMs: number
  /** All cells of the table: left dimensions slowest, then right ones, in the order of the domains. */
  readonly cells: readonly ReleasedCell[]
  readonly numbers: readonly JoinNumber[]
  readonly certificate: JoinCertificate
}

/** A table over two registers as it leaves: whole, and in itself what its plan asks for. `spec/join-exchange.md`. */
export type JoinRelease = JoinReleaseContent & z.core.$brand<'JoinRelease'>

/** Most bytes of a canonical release: its plan, and 1,000 cells of 64 numbers. */
export const mostJoinReleaseBytes = 2_097_152

const key = z.union([z.boolean(), z.int(), z.string().min(1).max(100)])
const positive = z.int().min(1)

const contentSchema = z.strictObject({
  v: z.literal(1),
  plan: z.unknown(),
  asOfMs: z.int().min(0),
  cells: z
    .array(z.strictObject({ key: z.array(key).max(8), numbers: z.array(z.int()).min(1).max(64) }))
    .min(1)
    .max(1000),
  numbers: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(63),
        law: z.strictObject({
          kind: z.literal('truncated-discrete-laplace'),
          microEpsilon: positive,
          sensitivity: positive,
          tau: positive,
        }),
        halfWidth: z.int().min(0),
        levelPpm: z.int().min(1).max(1_000_000),
        sensitivity: positive,
      }),
    )
    .min(1)
    .max(64),
  certificate: joinCertificateSchema,
})

/** A release as JSON, to be written canonically. */
export function joinReleaseJson(release: JoinRelease): JsonObject {
  const { plan, asOfMs, cells, numbers, certificate } = release
  const { bounds, notCovered, holders, roots, remasked, signatures, legalLine, ...rest } =
    certificate
  return {
    v: 1,
    plan: joinPlanJson(plan),
    asOfMs,
    cells: cells.map((cell) => ({ key: [...cell.key], numbers: [...cell.numbers] })),
    numbers: numbers.map(({ law, ...number }) => ({ ...number, law: { ...law } })),
    certificate: {
      ...rest,
      bounds: bounds === null ? null : { ...bounds },
      notCovered: [...notCovered],
      holders: [...holders],
      roots: { ...roots },
      remasked: { ...remasked },
      signatures: {
        left: { ...signatures.left },
        right: { ...signatures.right },
        tally: { ...signatures.tally },
      },
      legalLine: [...legalLine],
    },
  }
}

/** The canonical bytes of a release: what is kept, digested and handed on. */
export function joinReleaseBytes(release: JoinRelease): Uint8Array {
  return canonicalBytes(joinReleaseJson(release))
}

function planIn(json: unknown): JoinPlan {
  try {
    return asJoinPlan(json)
  } catch (cause) {
    if (!(cause instanceof JoinError)) throw cause
    throw new ReleaseError('RELEASE_MALFORMED', `plan: ${cause.message}`, { cause })
  }
}

/**
 * Holds what says of itself that it is a release against its own plan: the only way to a {@link JoinRelease}.
 *
 * @throws {@link ReleaseError} `RELEASE_MALFORMED`, `RELEASE_SHAPE`, `RELEASE_NUMBERS`, `RELEASE_CERTIFICATE`
 */
export function asJoinRelease(json: unknown): JoinRelease {
  const parsed = contentSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.map(String).join('.') ?? ''
    throw new ReleaseError(
      'RELEASE_MALFORMED',
      `${place === '' ? 'the whole' : place}: ${issue?.message ?? 'is no release'}`,
    )
  }
  const content = { ...parsed.data, plan: planIn(parsed.data.plan) }
  const problem = checkJoinRelease(content)
  if (problem !== undefined) throw new ReleaseError(problem.code, problem.message)
  return content as JoinReleaseContent as JoinRelease
}

/**
 * Reads a release from its canonical bytes. Who has agreed to it say the signatures of its certificate.
 *
 * @throws {@link ReleaseError} as {@link asJoinRelease}
 */
export function parseJoinRelease(bytes: Uint8Array): JoinRelease {
  return asJoinRelease(readJson(bytes))
}

function readJson(bytes: Uint8Array): Json {
  try {
    return readCanonicalJson(bytes, { maxBytes: mostJoinReleaseBytes, maxDepth: 8 })
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new ReleaseError('RELEASE_MALFORMED', `no canonical JSON: ${cause.message}`, { cause })
  }
}
