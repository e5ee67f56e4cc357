import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeUtf8, encodeHex, utf8 } from '../../../bytes/index.ts'
import { openSlot, packedAt, packedCount } from '../../../crypto/index.ts'
import { aesCtr, systemRandomness } from '../../../platform/index.ts'
import {
  auditDeps,
  type JoinRun,
  numbersFrom,
  people,
  runJoin,
  samplePlan,
  testGroup,
} from '../../../testing/join/index.ts'
import { pointsOf } from '../messages/index.ts'
import { peerOf, type Side } from '../plan/index.ts'
import { pointTree, treeRoot } from '../points/index.ts'
import { holderReceives } from '../steps/holder-receives.ts'
import type { HolderState } from '../steps/holder-state.ts'
import { readCommit } from '../steps/take-commit.ts'
import { type AuditEvidence, type AuditFinding, drawAudit, judgeAudit } from './judge-audit.ts'

const none = new Uint8Array(0)
const rows = { left: [people(...numbersFrom(0, 90))], right: [people(...numbersFrom(60, 150))] }
const honest = runJoin(samplePlan(), { rows })

function evidenceOf({ plan, holders }: JoinRun, side: Side): AuditEvidence {
  const { made, taken } = holders[side]
  const blinded = pointsOf(made.blinded ?? none)
  return {
    plan,
    side,
    commit: readCommit(plan, side, made.commit ?? none),
    peer: readCommit(plan, peerOf(side), taken.commit ?? none),
    root: treeRoot(pointTree(blinded)),
    lists: { blinded, remasked: pointsOf(made.remasked ?? none) },
  }
}

function audit(
  run: JoinRun,
  side: Side,
  change = (state: HolderState) => state,
): readonly AuditFinding[] {
  const request = drawAudit(
    run.plan,
    { points: { left: 250, right: 250 }, dummiesOf: side },
    systemRandomness,
  )
  const state = change(run.holders[side])
  const step = holderReceives(state, { from: 'inspector', bytes: request }, run.deps[side])
  const answer = step.state.made.audited ?? none
  return judgeAudit(evidenceOf(run, side), { request, answer }, auditDeps)
}

test('an honest holder stands an audit of inputs and dummies, and answers one alone', () => {
  assert.deepEqual(audit(honest, 'left'), [])
  assert.deepEqual(audit(honest, 'right'), [])
  const request = (dummiesOf: Side | null): Uint8Array =>
    drawAudit(honest.plan, { points: { left: 250, right: 250 }, dummiesOf }, systemRandomness)
  const first = { from: 'inspector', bytes: request(null) } as const
  const { state, send } = holderReceives(honest.holders.left, first, honest.deps.left)
  assert.deepEqual(send[0]?.to, ['inspector'])
  assert.equal(JSON.parse(decodeUtf8(send[0].bytes)).dummies, null)
  const again = holderReceives(state, first, honest.deps.left)
  assert.deepEqual(again.send, send)
  const second = { from: 'inspector', bytes: request('left') } as const
  assert.throws(() => holderReceives(state, second, honest.deps.left), { code: 'MESSAGE_CHANGED' })
})

test('an answer shows rows by sealed tokens, no identifier, no scalar of a blank, and no dummy of the other side', () => {
  const bytes = drawAudit(
    honest.plan,
    { points: { left: 250, right: 250 }, dummiesOf: 'right' },
    systemRandomness,
  )
  const { state } = holderReceives(
    honest.holders.left,
    { from: 'inspector', bytes },
    honest.deps.left,
  )
  const answer = decodeUtf8(state.made.audited ?? none)
  const {
    inputs,
    dummies,
    sealKey,
  }: {
    inputs: { isRow: boolean; content: string; number: number }[]
    dummies: null
    sealKey: string
  } = JSON.parse(answer)
  assert.equal(dummies, null)
  assert.equal(inputs.length, 64)
  const key = auditDeps.openSeal(Buffer.from(sealKey, 'hex')) ?? none
  for (const { isRow, content, number } of inputs) {
    const sealed = Uint8Array.from(Buffer.from(content, 'hex'))
    const token = openSlot(aesCtr, key, { number, sealed })
    assert.equal(isRow, token !== undefined && decodeUtf8(token).startsWith('resident '))
    assert.ok(!String(Buffer.from(sealed)).includes('resident'))
  }
  const blanks = honest.holders.left.secrets?.blanks ?? none
  assert.ok(packedCount(blanks) > 64)
  for (let at = 0; at < packedCount(blanks); at += 1)
    assert.ok(!answer.includes(encodeHex(packedAt(blanks, at))))
})

test('a holder that opens other rows, salts or dummies than it was bound to is found', () => {
  const findings = (change: (state: HolderState) => HolderState): Set<string> =>
    new Set(audit(honest, 'left', change).map(({ code }) => code))
  const withSecrets =
    (change: (secrets: NonNullable<HolderState['secrets']>) => object) =>
    (state: HolderState): HolderState => ({
      ...state,
      ...(state.secrets && { secrets: { ...state.secrets, ...change(state.secrets) } }),
    })
  const others = withSecrets(({ rows: own }) => ({
    rows: { ...own, slots: own.slots.map((byte, at) => (at % own.stride === 9 ? byte ^ 1 : byte)) },
  }))
  assert.deepEqual(findings(others), new Set(['INPUT_NOT_COMMITTED']))
  const unsealed = withSecrets(({ rows: own }) => ({ rows: { ...own, sealKey: utf8('no box') } }))
  assert.deepEqual(findings(unsealed), new Set(['INPUT_NOT_COMMITTED']))
  assert.deepEqual(
    findings(withSecrets(() => ({ saltKey: new Uint8Array(32) }))),
    new Set(['INPUT_NOT_COMMITTED']),
  )
  const flipped = withSecrets(({ dummies }) => ({
    dummies: { ...dummies, isUsed: dummies.isUsed.map((used) => 1 - used) },
  }))
  assert.deepEqual(findings(flipped), new Set(['DUMMIES_NOT_COMMITTED']))
  assert.deepEqual(
    findings(withSecrets(() => ({ scalar: new Uint8Array(32).fill(5) }))),
    new Set(['INPUT_NOT_MASKED']),
  )
})

test('slots that hold something else than the dummies are found with certainty', () => {
  const evidence = evidenceOf(honest, 'right')
  const request = drawAudit(
    honest.plan,
    { points: { left: 250, right: 250 }, dummiesOf: 'right' },
    systemRandomness,
  )
  const { state } = holderReceives(
    honest.holders.right,
    { from: 'inspector', bytes: request },
    honest.deps.right,
  )
  const answer = state.made.audited ?? none
  const codes = (changed: Partial<AuditEvidence>): string[] =>
    judgeAudit({ ...evidence, ...changed }, { request, answer }, auditDeps).map(({ code }) => code)
  assert.deepEqual(codes({}), [])
  const { lists } = evidence
  assert.ok(lists !== undefined)
  const { secrets } = honest.holders.right
  assert.ok(secrets !== undefined)
  const outputs = new Set(secrets.outputs)
  const slot = numbersFrom(0, 300).find((place) => !outputs.has(place)) ?? 0
  const invented = lists.remasked.slice()
  invented.set(testGroup.base(systemRandomness.bytes(32)), 32 * slot)
  assert.deepEqual(codes({ lists: { ...lists, remasked: invented } }), ['SLOT_NOT_DUMMY'])
  const first = encodeHex(testGroup.base(secrets.dummies.s.subarray(0, 32)))
  const dropped = numbersFrom(0, packedCount(lists.blinded)).findIndex(
    (place) => encodeHex(packedAt(lists.blinded, place)) === first,
  )
  const blinded = lists.blinded.slice()
  blinded.set(testGroup.base(systemRandomness.bytes(32)), 32 * dropped)
  assert.deepEqual(codes({ lists: { ...lists, blinded } }), ['DUMMY_NOT_LISTED'])
  assert.throws(() => judgeAudit({ ...evidence, side: 'left' }, { request, answer }, auditDeps), {
    code: 'MESSAGE_MALFORMED',
  })
})
