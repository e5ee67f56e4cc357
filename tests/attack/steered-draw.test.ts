import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64, utf8 } from '../../src/bytes/index.ts'
import { sha256 } from '../../src/crypto/index.ts'
import {
  drawCommitment,
  type DrawLog,
  drawSeed,
  type DrawTerms,
  type PublicEntry,
  sampleEntries,
  verifyDraws,
} from '../../src/oversight/index.ts'

const log = 'tax.localhost/log/2026h1'
const terms: DrawTerms = { inspector: 'inspector', log, first: 0, last: 200, count: 20 }
/** The entry that the operator does not want to be drawn, or the one that the inspector does. */
const target = 137
const tries = 400

/** Checkpoints that an operator can bring about, by adding entries and by publishing sooner or later. */
function checkpoint(number: number): string {
  return `${log}\n${300 + number}\n${encodeBase64(sha256(utf8(`root ${number}`)))}\n`
}

function nonce(number: number): Uint8Array {
  return sha256(utf8(`nonce ${number}`))
}

function draws(text: string, of: Uint8Array): boolean {
  return sampleEntries(drawSeed(text, of), terms, () => true).includes(target)
}

/** The operator's choice among its checkpoints, by what it believes the nonce to be. */
function grind(believed: Uint8Array, wanted: boolean): string {
  for (let number = 0; number < tries; number += 1)
    if (draws(checkpoint(number), believed) === wanted) return checkpoint(number)
  return checkpoint(0)
}

/** In how many of 300 draws the target is drawn. */
function timesDrawn(choose: (round: number) => string): number {
  const rounds = Array.from({ length: 300 }, (_, round) => round)
  return rounds.filter((round) => draws(choose(round), nonce(round))).length
}

test('an operator who grinds checkpoints without the nonce steers nothing; the twin who knows it keeps its entry out', () => {
  // 300 draws of 20 among 200: 30 expected, deviation 5.2; five of those either way.
  const blind = timesDrawn((round) => grind(nonce(10_000 + round), false))
  assert.ok(blind > 4 && blind < 56, String(blind))
  const knowing = timesDrawn((round) => grind(nonce(round), false))
  assert.equal(knowing, 0)
})

function entry(index: number, kind: string, body: object): PublicEntry {
  const digest = encodeBase64(drawCommitment(nonce(1), terms))
  const name = kind === 'audit.committed' ? 'inspector' : '250'
  const record = { v: 1, class: 'governance', kind, timeMs: 1, organisation: 'tax', name, digest }
  return { index, record: { ...record, body } as PublicEntry['record'] }
}

const committed = entry(250, 'audit.committed', { count: 20, first: 0, last: 200 })
const revealed = entry(999, 'audit.revealed', { nonce: encodeBase64(nonce(1)) })

function logWith(entries: readonly PublicEntry[]): DrawLog {
  return {
    origin: log,
    entries,
    isExchange: () => true,
    judgeCheckpoint: (text) => ({
      origin: log,
      size: Number(text.split('\n')[1]),
      text,
      isGood: true,
    }),
  }
}

test('an inspector who chooses among checkpoints draws what they like; such a choice is not taken', () => {
  const liked = grind(nonce(1), true)
  assert.ok(draws(liked, nonce(1)))
  const first = entry(800, 'audit.fixed', { checkpoint: checkpoint(0) })
  const chosen = entry(801, 'audit.fixed', { checkpoint: liked })
  const [draw] = verifyDraws(logWith([committed, first, chosen, revealed]))
  assert.ok(draw?.state === 'drawn')
  assert.deepEqual(
    draw.drawn,
    sampleEntries(drawSeed(checkpoint(0), nonce(1)), terms, () => true),
  )
  // The twin that takes the newest one instead of the first draws what was chosen.
  const [twin] = verifyDraws(logWith([committed, chosen, revealed]))
  assert.ok(twin?.state === 'drawn' && twin.drawn.includes(target))
})
