import { canonicalBytes, encodeHex, equalBytes, type JsonObject } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import {
  type Audited,
  auditedSchema,
  auditSchema,
  readList,
  readMessage,
  writeMessage,
} from '../messages/index.ts'
import {
  groupLengths,
  type JoinPlan,
  peerOf,
  planHash,
  type Side,
  sides,
  sumOf,
} from '../plan/index.ts'
import { pointTree, treeRoot } from '../points/index.ts'
import type { AgreedRun, EvidenceReading } from './agree-evidence.ts'
import type { InspectorState } from './inspector-state.ts'
import {
  type AuditedParty,
  type JoinFinding,
  mostFindings,
  type PartyFinding,
} from './join-finding.ts'
import { type AuditDeps, type AuditEvidence, judgeAudit } from './judge-audit.ts'

/** How many places both M2 lists have. */
export function pointsOfRun(plan: JoinPlan, { commits }: AgreedRun): Record<Side, number> {
  const points = (owner: Side): number =>
    sumOf(groupLengths(plan, { kind: 'blinded', owner, sizes: commits[owner].sizes }))
  return { left: points('left'), right: points('right') }
}

/** What an audit came to, by what is there now: canonical bytes. */
export function findingBytes(
  state: InspectorState,
  { run, shares, findings }: EvidenceReading,
  deps: AuditDeps & { readonly nowMs: number },
): Uint8Array {
  const { plan, made, nonce, dummiesOf } = state
  const { audit } = made
  const judged =
    run === undefined || audit === undefined
      ? []
      : sides.flatMap((side) => sideFindings(state, { run, request: audit, side }, deps))
  const hex = (bytes: Uint8Array | undefined): string | null =>
    bytes === undefined ? null : encodeHex(bytes)
  const finding: JoinFinding = {
    v: 1,
    kind: 'join.finding',
    planHash: encodeHex(planHash(plan)),
    qid: plan.qid,
    inspector: plan.inspector,
    dummiesOf,
    draw: {
      nonce: encodeHex(nonce),
      shares: { left: hex(shares.left), right: hex(shares.right), tally: hex(shares.tally) },
    },
    points: run === undefined ? null : pointsOfRun(plan, run),
    request: audit === undefined ? null : encodeHex(sha256(audit)),
    commits: commitsOf(run),
    result: hex(run?.digests.result),
    parties: {
      left: partyOf(state, 'left'),
      right: partyOf(state, 'right'),
      tally: partyOf(state, 'tally'),
    },
    findings: [...findings, ...judged].slice(0, mostFindings),
    atMs: deps.nowMs,
  }
  return canonicalBytes(jsonOf(finding))
}

function commitsOf(run: AgreedRun | undefined): JoinFinding['commits'] {
  if (run === undefined) return null
  const { left, right } = run.digests
  return { left: encodeHex(left), right: encodeHex(right) }
}

function digestOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : encodeHex(sha256(bytes))
}

function partyOf({ plan, taken }: InspectorState, party: Side | 'tally'): AuditedParty {
  const answer = party === 'tally' ? undefined : taken[`${party}.audited`]
  const opened = answer === undefined ? undefined : readAnswer(plan, answer)
  return {
    organisation: party === 'tally' ? plan.tally : plan[party].organisation,
    evidence: digestOf(taken[`${party}.evidence`]),
    answer: digestOf(answer),
    places: opened?.inputs.length ?? 0,
    dummies: opened?.dummies?.length ?? null,
  }
}

function readAnswer(plan: JoinPlan, answer: Uint8Array): Audited | undefined {
  try {
    return readMessage(auditedSchema, answer, planHash(plan))
  } catch (cause) {
    if (cause instanceof JoinError) return undefined
    throw cause
  }
}

interface JudgedSide {
  readonly run: AgreedRun
  readonly request: Uint8Array
  readonly side: Side
}

type OpenedLists = NonNullable<AuditEvidence['lists']>

function sideFindings(
  state: InspectorState,
  { run, request, side }: JudgedSide,
  deps: AuditDeps,
): readonly PartyFinding[] {
  const { plan, taken, dummiesOf } = state
  const of = (code: PartyFinding['code']): PartyFinding => ({ party: side, code, at: null })
  const answer = taken[`${side}.audited`]
  if (answer === undefined) return [of('ANSWER_MISSING')]
  const lists = dummiesOf === side ? listsOf(state, run, side) : undefined
  const asked = typeof lists === 'object' || dummiesOf !== side ? request : ofInputs(plan, request)
  const evidence: AuditEvidence = {
    plan,
    side,
    commit: run.commits[side],
    peer: run.commits[peerOf(side)],
    root: run.result.roots[side],
    ...(typeof lists === 'object' && { lists }),
  }
  try {
    const found = judgeAudit(evidence, { request: asked, answer }, deps)
    const missing = typeof lists === 'string' ? [of(lists)] : []
    return [...missing, ...found.map((one) => ({ party: side, ...one }))]
  } catch (cause) {
    if (cause instanceof JoinError) return [of('ANSWER_MALFORMED')]
    throw cause
  }
}

/** The same request without dummies: what can be judged where a list is not there. */
function ofInputs(plan: JoinPlan, request: Uint8Array): Uint8Array {
  const { left, right } = readMessage(auditSchema, request, planHash(plan))
  const head = { v: 1, kind: 'join.audit', planHash: planHash(plan) } as const
  return writeMessage({ ...head, left, right, dummiesOf: null })
}

/** Both lists of an opened side, each with the root that M6 names; or what is wrong with them. */
function listsOf(
  { plan, taken }: InspectorState,
  { commits, result }: AgreedRun,
  side: Side,
): OpenedLists | 'LIST_MISSING' | 'LIST_NOT_COMMITTED' {
  const peer = peerOf(side)
  const [own, masked] = [taken[`${side}.blinded`], taken[`${side}.remasked`]]
  if (own === undefined || masked === undefined) return 'LIST_MISSING'
  const pointsOf = (bytes: Uint8Array, kind: 'blinded' | 'remasked', owner: Side): Uint8Array => {
    const lengths = groupLengths(plan, { kind, owner, sizes: commits[owner].sizes })
    return readList(bytes, { kind, planHash: planHash(plan), owner }, sumOf(lengths))
  }
  try {
    const lists = {
      blinded: pointsOf(own, 'blinded', side),
      remasked: pointsOf(masked, 'remasked', peer),
    }
    const isCommitted =
      equalBytes(treeRoot(pointTree(lists.blinded)), result.roots[side]) &&
      equalBytes(treeRoot(pointTree(lists.remasked)), result.remasked[peer])
    return isCommitted ? lists : 'LIST_NOT_COMMITTED'
  } catch (cause) {
    if (cause instanceof JoinError) return 'LIST_NOT_COMMITTED'
    throw cause
  }
}

function jsonOf({ draw, points, commits, parties, findings, ...finding }: JoinFinding): JsonObject {
  const { left, right, tally } = parties
  return {
    ...finding,
    draw: { nonce: draw.nonce, shares: { ...draw.shares } },
    points: points && { ...points },
    commits: commits && { ...commits },
    parties: { left: { ...left }, right: { ...right }, tally: { ...tally } },
    findings: findings.map((one) => ({ ...one })),
  }
}
