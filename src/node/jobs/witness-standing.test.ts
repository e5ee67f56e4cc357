import assert from 'node:assert/strict'
import test from 'node:test'
import { cosign, formatVerifierKey, SIGNATURE_TYPES, type WitnessOutcome } from '../../log/index.ts'
import { parseNote, parsePolicy } from '../../log/verify/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { sampleLog } from '../../testing/index.ts'
import { logGate } from '../log-gate.ts'
import type { PublishedRound } from './publish-job.ts'
import { hardAgeMs, softAgeMs, witnessStanding } from './witness-standing.ts'

const ed25519 = bestEd25519()
const log = sampleLog(8)
const startMs = 1_800_000_000_000

const witnesses = ['w1', 'w2', 'w3'].map((name, place) => {
  const seed = new Uint8Array(32).fill(place + 1)
  const publicKey = ed25519.publicKey(seed)
  return { name, seed, vkey: formatVerifierKey(name, SIGNATURE_TYPES.cosignature, publicKey) }
})

function policyOf(quorum: string): ReturnType<typeof parsePolicy> {
  const lines = witnesses.map(({ name, vkey }) => `witness ${name} ${vkey} http://${name}`)
  return parsePolicy(`${lines.join('\n')}\ngroup two 2 w1 w2 w3\nquorum ${quorum}\n`)
}

/** A round in which these witnesses cosigned at these times, milliseconds. */
function round(times: Readonly<Record<string, number>>, size = 8): PublishedRound {
  const head = log.headAt(size)
  const { text } = parseNote(head.checkpoint)
  const lines = witnesses.flatMap(({ name, seed }) => {
    const at = times[name]
    if (at === undefined) return []
    return [cosign(text, { name, seed, timeSeconds: Math.floor(at / 1000) }, ed25519)]
  })
  return { head, cosignatures: { lines, outcomes: [] } }
}

function standingAt(quorum: string): {
  readonly clock: { nowMs: number }
  readonly standing: ReturnType<typeof witnessStanding>
} {
  const clock = { nowMs: startMs }
  const policy = policyOf(quorum)
  const standing = witnessStanding({ policy, ed25519, clock: { now: () => clock.nowMs } })
  return { clock, standing }
}

test('a head is confirmed by a quorum and by nothing less', () => {
  const { standing } = standingAt('two')
  assert.equal(standing.isConfirmed(), false)
  standing.take(round({}))
  standing.take(round({ w2: startMs }))
  assert.equal(standing.isConfirmed(), false, 'one of two')
  standing.take(round({ w2: startMs, w3: startMs }))
  assert.equal(standing.isConfirmed(), true)
  assert.equal(standingAt('none').standing.isConfirmed(), true)
})

test('60 seconds are shown, 300 seconds shut the gate, a new cosignature opens it', () => {
  const { clock, standing } = standingAt('two')
  const gate = logGate()
  gate.watch(() => standing.hardAilment())
  standing.take(round({ w1: startMs, w2: startMs }))
  clock.nowMs = startMs + softAgeMs
  assert.equal(standing.ailment(), undefined)
  clock.nowMs += 1
  assert.match(standing.ailment() ?? '', /60 seconds old/)
  assert.equal(gate.isOpen(), true, 'the soft limit stops nothing')
  clock.nowMs = startMs + hardAgeMs
  assert.equal(gate.isOpen(), true)
  clock.nowMs += 1
  assert.equal(gate.isOpen(), false)
  assert.match(gate.reasons().join(), /for 5 minutes; nothing is answered/)
  standing.take(round({ w1: clock.nowMs }))
  assert.equal(gate.isOpen(), false, 'one of two does not open it')
  standing.take(round({ w1: clock.nowMs, w3: clock.nowMs }))
  assert.equal(gate.isOpen(), true)
  assert.equal(standing.ailment(), undefined)
})

test('the age is that of the cosignature which completes the quorum, by the own clock', () => {
  const { clock, standing } = standingAt('two')
  standing.take(round({ w1: startMs - 90_000, w2: startMs - 40_000, w3: startMs - 10_000 }))
  assert.equal(standing.ageMs(), 40_000)
  standing.take(round({ w1: startMs - 80_000, w2: startMs - 80_000 }))
  assert.equal(standing.ageMs(), 40_000, 'an older quorum takes nothing back')
  // A witness an hour ahead gains nothing: no cosignature is newer than its arrival.
  const ahead = startMs + 3_600_000
  standing.take(round({ w1: ahead, w2: ahead }))
  assert.equal(standing.ageMs(), 0)
  clock.nowMs += hardAgeMs + 1
  assert.ok(standing.hardAilment() !== undefined)
})

test('without a quorum in the policy nothing ages', () => {
  const { clock, standing } = standingAt('none')
  standing.take(round({ w1: startMs }))
  clock.nowMs += 10 * hardAgeMs
  assert.equal(standing.ailment(), undefined)
  assert.equal(standing.hardAilment(), undefined)
})

test('a number that a witness names confirms nothing', () => {
  const { standing } = standingAt('two')
  const result: WitnessOutcome = { outcome: 'ahead', size: 41 }
  const witness = { name: 'w1', url: 'http://w1' }
  const { head } = round({})
  standing.take({ head, cosignatures: { lines: [], outcomes: [{ witness, result }] } })
  assert.equal(standing.isConfirmed(), false)
})
