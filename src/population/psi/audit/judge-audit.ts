import { equalBytes } from '../../../bytes/index.ts'
import { type JoinGroup, openSlot, POINT_BYTES, rowLeaf } from '../../../crypto/index.ts'
import type { CounterMode, Randomness } from '../../../ports/index.ts'
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
  groupAt,
  groupCount,
  groupLengths,
  type JoinPlan,
  listGroupCount,
  partNames,
  planHash,
  planTag,
  type Side,
  slotCount,
  slotsOf,
  slotsOfGroup,
  sumOf,
} from '../plan/index.ts'
import {
  drawPlaces,
  isInTree,
  isLeafInTree,
  listTree,
  orderedPoints,
  sharedCount,
  treeRoot,
  visitShared,
} from '../points/index.ts'
import { isExponentProven } from '../proof/index.ts'
import { dummyEntries } from '../steps/own-list.ts'
import { appendedScalars } from '../steps/remask-list.ts'
import { basePoint } from './answer-audit.ts'

/** Something that an audit found. */
export interface AuditFinding {
  readonly code:
    | 'PLACES_MISSING'
    | 'INPUT_NOT_COMMITTED'
    | 'INPUT_NOT_MASKED'
    | 'UNIT_OUTSIDE'
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

/** What an audit is judged with. */
export interface AuditDeps {
  readonly group: JoinGroup
  readonly cipher: CounterMode
  /** Opens a sealed box to the inspector; `undefined` for one that is none. */
  readonly openSeal: (sealed: Uint8Array) => Uint8Array | undefined
}

/** One opened place with its content: `undefined` for a slot that does not open. */
type ReadInput = Omit<OpenedInput, 'content'> & { readonly content: Uint8Array | undefined }

/**
 * Holds a holder's answer against what it was bound to by M1 to M3. Nothing found: every opened row is a committed identifier
 * under the one key, every blank has a scalar, and every slot of an opened side is one of its dummies.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH` for an answer that is none; a holder who gives none has failed
 */
export function judgeAudit(
  evidence: AuditEvidence,
  { request, answer }: { readonly request: Uint8Array; readonly answer: Uint8Array },
  deps: AuditDeps,
): readonly AuditFinding[] {
  const { plan, side } = evidence
  const { group, cipher } = deps
  const hash = planHash(plan)
  const asked = readMessage(auditSchema, request, hash)
  const audited = readMessage(auditedSchema, answer, hash)
  if (audited.side !== side)
    throw new JoinError('MESSAGE_MALFORMED', 'the answer is that of another side')
  const slotKey = deps.openSeal(audited.sealKey)
  const contentOf = ({ isRow, content, number }: OpenedInput): Uint8Array | undefined =>
    !isRow ? content : slotKey && openSlot(cipher, slotKey, { number, sealed: content })
  const inputs = audited.inputs.flatMap((input) =>
    inputFindings(evidence, { ...input, content: contentOf(input) }, group),
  )
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
  input: ReadInput,
  group: JoinGroup,
): AuditFinding[] {
  const { index, salt, content, isRow, point, sign, proof } = input
  if (content === undefined) return [{ code: 'INPUT_NOT_COMMITTED', at: index }]
  const lengths = groupLengths(plan, { kind: 'blinded', owner: side, sizes: commit.sizes })
  const size = sumOf(lengths)
  const leaf = rowLeaf({ salt, isRow, group: groupAt(lengths, index), content })
  const isBound =
    isLeafInTree(commit.inputRoot, { leaf, index, size, path: input.inputPath }) &&
    isInTree(root, { entry: point, index, size, path: input.listPath }) &&
    (isRow || equalBytes(content, point))
  if (!isBound) return [{ code: 'INPUT_NOT_COMMITTED', at: index }]
  if (isRow && !isUnitOfPlan({ plan, side }, { group: groupAt(lengths, index), content }))
    return [{ code: 'UNIT_OUTSIDE', at: index }]
  const claim = isRow
    ? { key: commit.key, point: group.hash([content], planTag(plan)), output: point }
    : { key: point, point: basePoint, output: point }
  const context = { edwards: group.edwards, planHash: planHash(plan) }
  return isExponentProven(context, claim, { sign, proof })
    ? []
    : [{ code: 'INPUT_NOT_MASKED', at: index }]
}

/** Whether a row's token is one that a part may have: of units, `u16` n from 1 to the levels, and an identifier. */
function isUnitOfPlan(
  { plan, side }: Pick<AuditEvidence, 'plan' | 'side'>,
  { group, content }: { readonly group: number; readonly content: Uint8Array },
): boolean {
  const part = partNames(plan)[Math.floor(group / groupCount(plan, side))]
  if (part?.name !== 'units') return true
  const unit = ((content[0] ?? 0) << 8) | (content[1] ?? 0)
  return content.length > 2 && unit >= 1 && unit <= part.levels
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
    opened.length === slotCount(plan) &&
    equalBytes(treeRoot(listTree(dummyEntries(secrets))), commit.dummyRoot)
  if (!isBound) return [{ code: 'DUMMIES_NOT_COMMITTED', at: null }]
  const lengths = groupLengths(plan, { kind: 'blinded', owner: side, sizes: commit.sizes })
  const groups = groupsOfSlots(plan, side)
  const listed = new Set<number>()
  visitShared(orderedPoints(group.base(secrets.s)), orderedPoints(lists.blinded), (slot, place) => {
    if (groupAt(lengths, place) === groups[slot]) listed.add(slot)
  })
  const notListed = opened.flatMap((_, at): AuditFinding[] =>
    listed.has(at) ? [] : [{ code: 'DUMMY_NOT_LISTED', at }],
  )
  return [...notListed, ...slotFindings({ plan, peer, remasked: lists.remasked }, secrets, group)]
}

/** The group of the own list that the dummy of each slot stands in. */
function groupsOfSlots(plan: JoinPlan, side: Side): Uint16Array {
  const groups = new Uint16Array(slotCount(plan))
  for (let group = 0; group < listGroupCount(plan, side); group += 1)
    for (const slot of slotsOfGroup(plan, side, group)) groups[slot] = group
  return groups
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
  return Array.from({ length: listGroupCount(plan, owner) }, (_, at) => at).flatMap((at) => {
    const points = remasked.subarray(POINT_BYTES * from, POINT_BYTES * (from + (lengths[at] ?? 0)))
    from += lengths[at] ?? 0
    const scalars = appendedScalars(plan, owner, { group: at, dummies })
    const found = sharedCount(group.share(scalars, peer.key), points)
    return found === slotsOf(plan, owner, at) ? [] : [{ code: 'SLOT_NOT_DUMMY', at } as const]
  })
}

function packed(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.length * POINT_BYTES)
  parts.forEach((part, at) => all.set(part, at * POINT_BYTES))
  return all
}
