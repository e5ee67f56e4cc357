import { equalBytes } from '../../../bytes/index.ts'
import { type JoinGroup, POINT_BYTES } from '../../../crypto/index.ts'
import type { Randomness } from '../../../ports/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { JoinError } from '../join-error.ts'
import {
  type Audited,
  auditedSchema,
  type AuditRequest,
  auditSchema,
  type Commit,
  type OpenedInput,
  readMessage,
  writeMessage,
} from '../messages/index.ts'
import {
  cellCount,
  groupAt,
  groupCount,
  groupLengths,
  type JoinPlan,
  planHash,
  planTag,
  type Side,
  slotsOf,
  sumOf,
} from '../plan/index.ts'
import { drawPlaces, isInTree, listTree, sharedPlaces } from '../points/index.ts'
import { isExponentProven } from '../proof/index.ts'
import { dummyEntries, inputEntry } from '../steps/own-list.ts'
import { appendedScalars } from '../steps/remask-list.ts'
import { basePoint } from './answer-audit.ts'

/** Something that an audit found. */
export interface AuditFinding {
  readonly code:
    | 'PLACES_MISSING'
    | 'INPUT_NOT_COMMITTED'
    | 'INPUT_NOT_MASKED'
    | 'DUMMIES_NOT_COMMITTED'
    | 'DUMMY_NOT_LISTED'
    | 'SLOT_NOT_DUMMY'
  /** A place of the list, or a slot; `null` where it is about all. */
  readonly at: number | null
}

/** What the inspector holds of the run of the side that is audited, from the signed messages. */
export interface AuditEvidence {
  readonly plan: JoinPlan
  readonly side: Side
  /** M1 of the side. */
  readonly commit: Commit
  /** M1 of the peer. */
  readonly peer: Commit
  /** The root of the side's M2, on which both sides agreed. */
  readonly root: Uint8Array
  /** Packed points: the side's M2 list, and the peer's list as this side masked it in M3. For an audit of dummies. */
  readonly lists?: { readonly blinded: Uint8Array; readonly remasked: Uint8Array }
}

/** Draws M7: `auditK` places of each list, and whose dummies are opened. One request for both holders. */
export function drawAudit(
  plan: JoinPlan,
  {
    points,
    dummiesOf,
  }: { readonly points: Readonly<Record<Side, number>>; readonly dummiesOf: Side | null },
  randomness: Randomness,
): Uint8Array {
  const draws = new UniformDraws(randomness)
  return writeMessage({
    v: 1,
    kind: 'join.audit',
    planHash: planHash(plan),
    left: drawPlaces(draws, points.left, plan.auditK),
    right: drawPlaces(draws, points.right, plan.auditK),
    dummiesOf,
  })
}

/**
 * Holds a holder's answer against what it was bound to by M1 to M3. Nothing found: every opened row is a committed identifier
 * under the one key, every blank has a scalar, and every slot of an opened side is one of its dummies.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH` for an answer that is none; a holder who gives none has failed
 */
export function judgeAudit(
  evidence: AuditEvidence,
  { request, answer }: { readonly request: Uint8Array; readonly answer: Uint8Array },
  group: JoinGroup,
): readonly AuditFinding[] {
  const { plan, side } = evidence
  const hash = planHash(plan)
  const asked = readMessage(auditSchema, request, hash)
  const audited = readMessage(auditedSchema, answer, hash)
  if (audited.side !== side)
    throw new JoinError('MESSAGE_MALFORMED', 'the answer is that of another side')
  const inputs = audited.inputs.flatMap((input) => inputFindings(evidence, input, group))
  return [
    ...placesMissing(asked, audited),
    ...inputs,
    ...(asked.dummiesOf === side ? dummyFindings(evidence, audited, group) : []),
  ]
}

function placesMissing(asked: AuditRequest, { side, inputs }: Audited): AuditFinding[] {
  const isComplete =
    inputs.length === asked[side].length &&
    inputs.every(({ index }, at) => index === asked[side][at])
  return isComplete ? [] : [{ code: 'PLACES_MISSING', at: null }]
}

function inputFindings(
  { plan, side, commit, root }: AuditEvidence,
  input: OpenedInput,
  group: JoinGroup,
): AuditFinding[] {
  const { index, salt, content, isRow, point, sign, proof } = input
  const lengths = groupLengths(plan, { kind: 'blinded', owner: side, sizes: commit.sizes })
  const size = sumOf(lengths)
  const entry = inputEntry({ salt, isRow, group: groupAt(lengths, index), content })
  const isBound =
    isInTree(commit.inputRoot, { entry, index, size, path: input.inputPath }) &&
    isInTree(root, { entry: point, index, size, path: input.listPath }) &&
    (isRow || equalBytes(content, point))
  if (!isBound) return [{ code: 'INPUT_NOT_COMMITTED', at: index }]
  const claim = isRow
    ? { key: commit.key, point: group.hash([content], planTag(plan)), output: point }
    : { key: point, point: basePoint, output: point }
  const context = { edwards: group.edwards, planHash: planHash(plan) }
  return isExponentProven(context, claim, { sign, proof })
    ? []
    : [{ code: 'INPUT_NOT_MASKED', at: index }]
}

function dummyFindings(
  { plan, side, commit, peer, lists }: AuditEvidence,
  { dummies }: Audited,
  group: JoinGroup,
): AuditFinding[] {
  if (lists === undefined) throw new RangeError('an audit of dummies needs both lists')
  const opened = dummies ?? []
  const secrets = {
    s: packed(opened.map(({ s }) => s)),
    unused: packed(opened.map(({ unused }) => unused)),
    isUsed: Uint8Array.from(opened, ({ isUsed }) => (isUsed ? 1 : 0)),
  }
  const isBound =
    opened.length === cellCount(plan) * plan.tau &&
    equalBytes(listTree(dummyEntries(secrets)).root, commit.dummyRoot)
  if (!isBound) return [{ code: 'DUMMIES_NOT_COMMITTED', at: null }]
  const lengths = groupLengths(plan, { kind: 'blinded', owner: side, sizes: commit.sizes })
  const listed = new Set(
    sharedPlaces(group.base(secrets.s), lists.blinded)
      .filter(([slot, place]) => groupAt(lengths, place) === groupOfSlot(plan, side, slot))
      .map(([slot]) => slot),
  )
  const notListed = opened.flatMap((_, at): AuditFinding[] =>
    listed.has(at) ? [] : [{ code: 'DUMMY_NOT_LISTED', at }],
  )
  return [...notListed, ...slotFindings({ plan, peer, remasked: lists.remasked }, secrets, group)]
}

/** The own group that the dummy of a slot stands in. */
function groupOfSlot(plan: JoinPlan, side: Side, slot: number): number {
  const cell = Math.floor(slot / plan.tau)
  const right = groupCount(plan, 'right')
  return side === 'left' ? Math.floor(cell / right) : cell % right
}

function slotFindings(
  {
    plan,
    peer,
    remasked,
  }: { readonly plan: JoinPlan; readonly peer: Commit; readonly remasked: Uint8Array },
  dummies: Parameters<typeof appendedScalars>[2]['dummies'],
  group: JoinGroup,
): AuditFinding[] {
  const owner = peer.side
  const lengths = groupLengths(plan, { kind: 'remasked', owner, sizes: peer.sizes })
  let from = 0
  return Array.from({ length: groupCount(plan, owner) }, (_, at) => at).flatMap((at) => {
    const points = remasked.subarray(POINT_BYTES * from, POINT_BYTES * (from + (lengths[at] ?? 0)))
    from += lengths[at] ?? 0
    const scalars = appendedScalars(plan, owner, { group: at, dummies })
    const found = sharedPlaces(group.share(scalars, peer.key), points).length
    return found === slotsOf(plan, owner) ? [] : [{ code: 'SLOT_NOT_DUMMY', at } as const]
  })
}

function packed(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.length * POINT_BYTES)
  parts.forEach((part, at) => all.set(part, at * POINT_BYTES))
  return all
}
