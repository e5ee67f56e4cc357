import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandomness } from '../../../platform/index.ts'
import { auditDeps, numbersFrom, people, runJoin, samplePlan } from '../../../testing/join/index.ts'
import { readMessage, resultSchema, writeMessage } from '../messages/index.ts'
import { planHash } from '../plan/index.ts'
import { agreeEvidence, type EvidenceReading, showingParties } from './agree-evidence.ts'
import { beginInspector, inspectorReceives } from './inspector-receives.ts'
import type { InspectorState } from './inspector-state.ts'
import { readFinding } from './join-finding.ts'
import { holderEvidence, tallyEvidence } from './show-evidence.ts'

const none = new Uint8Array(0)
const rows = { left: [people(...numbersFrom(0, 40))], right: [people(...numbersFrom(20, 60))] }
const run = runJoin(samplePlan(), { rows })
const { plan } = run
const deps = { randomness: systemRandomness, clock: { now: () => 1_000 } }

type Party = (typeof showingParties)[number]

/** M6 with a number that is `more` than it was: as good a message of this plan as the one that was sent. */
function otherResult(more: number): Uint8Array {
  const { v, kind, parts, ...rest } = readMessage(
    resultSchema,
    run.tally.made.result ?? none,
    planHash(plan),
  )
  const cells = (parts[0]?.cells ?? []).map((row) => row.map((number) => number + more))
  return writeMessage({ v, kind, ...rest, parts: parts.map((part) => ({ ...part, cells })) })
}

/** What a party shows, with another M6 where one is given. */
function evidenceOf(party: Party, opening: Uint8Array, result?: Uint8Array): Uint8Array {
  if (party === 'tally') {
    const { made } = run.tally
    const told = result === undefined ? made : { ...made, result }
    return tallyEvidence({ ...run.tally, made: told }, opening, deps)
  }
  const { taken, ...state } = run.holders[party]
  const told = result === undefined ? taken : { ...taken, result }
  return holderEvidence({ ...state, taken: told }, opening, deps)
}

/** The state of an inspector whom all have answered, each party with the M6 that it shows; `null` shows nothing. */
function shown(results: Partial<Record<Party, Uint8Array | null>>): InspectorState {
  const begun = beginInspector(plan, { dummiesOf: null, patienceMs: 60_000 }, deps)
  const opening = begun.made.opening ?? none
  return showingParties.reduce((state, party) => {
    const result = results[party]
    if (result === null) return state
    const bytes = evidenceOf(party, opening, result)
    return inspectorReceives(state, { from: party, bytes }, { ...auditDeps, ...deps })
  }, begun)
}

const read = (results: Parameters<typeof shown>[0]): EvidenceReading =>
  agreeEvidence(shown(results))

test('three who show the same are found nothing', () => {
  const { run: agreed, findings } = read({})
  assert.deepEqual(findings, [])
  assert.ok(agreed !== undefined)
})

test('one who shows another result than two others contradicts them, and the run is judged by the two', () => {
  const { run: honest } = read({})
  for (const party of showingParties) {
    const state = shown({ [party]: otherResult(1) })
    const { run: agreed, findings, shares } = agreeEvidence(state)
    assert.deepEqual(findings, [{ party, code: 'EVIDENCE_CONTRADICTS', at: null }])
    assert.deepEqual(agreed?.digests, honest?.digests)
    // It has added its share all the same, and the audit goes on to draw.
    assert.ok(shares[party] !== undefined)
    assert.ok(state.made.audit !== undefined && state.made.finding === undefined)
  }
})

test('where all three differ nobody is blamed alone, and there is nothing to judge by', () => {
  const state = shown({ left: otherResult(1), right: otherResult(2) })
  const { run: agreed, findings } = agreeEvidence(state)
  assert.equal(agreed, undefined)
  assert.deepEqual(findings, [{ party: null, code: 'EVIDENCE_CONTRADICTS', at: null }])
  // The audit ends at once: nothing is opened.
  assert.equal(state.made.audit, undefined)
  const finding = readFinding(state.made.finding ?? none)
  assert.deepEqual(finding.findings, findings)
  assert.deepEqual([finding.result, finding.commits, finding.request], [null, null, null])
})

test('two who differ, and a third that shows nothing, contradict each other as well', () => {
  const { run: agreed, findings } = read({ left: otherResult(1), tally: null })
  assert.equal(agreed, undefined)
  assert.deepEqual(findings, [
    { party: 'tally', code: 'EVIDENCE_MISSING', at: null },
    { party: null, code: 'EVIDENCE_CONTRADICTS', at: null },
  ])
})

test('another commitment contradicts as another result does', () => {
  const other = runJoin(plan, { rows })
  const commits = { left: run.holders.left.made.commit, right: other.holders.right.made.commit }
  const { taken, ...state } = run.holders.left
  const begun = beginInspector(plan, { dummiesOf: null, patienceMs: 60_000 }, deps)
  const opening = begun.made.opening ?? none
  const lying = { ...state, taken: { ...taken, commit: commits.right ?? none } }
  const bytes = holderEvidence(lying, opening, deps)
  const all = [
    { from: 'left', bytes },
    { from: 'right', bytes: evidenceOf('right', opening) },
    { from: 'tally', bytes: evidenceOf('tally', opening) },
  ] as const
  const end = all.reduce(
    (at, message) => inspectorReceives(at, message, { ...auditDeps, ...deps }),
    begun,
  )
  assert.deepEqual(agreeEvidence(end).findings, [
    { party: 'left', code: 'EVIDENCE_CONTRADICTS', at: null },
  ])
})
