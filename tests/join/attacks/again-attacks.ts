import { decodeUtf8, utf8 } from '../../../src/bytes/index.ts'
import { sha256 } from '../../../src/crypto/index.ts'
import {
  holderReceives,
  type HolderState,
  planHash,
  type Received,
} from '../../../src/population/psi/index.ts'
import { pointsOf, writeList } from '../../../src/population/psi/messages/index.ts'
import { sharedCount } from '../../../src/population/psi/points/index.ts'
import {
  type JoinRun,
  numbersFrom,
  samplePlan,
  testGroup,
} from '../../../src/testing/join/index.ts'
import type { Attempt, JoinAttack } from './join-attack.ts'
import { freshScalar, sampleRun } from './sample-run.ts'

/*
 * A party that asks a holder the same thing twice, with other bytes: the holder answers both under one key, with one noise,
 * and the difference is a person. The twin is the holder as it would be if it forgot what it has answered.
 */

const none = new Uint8Array(0)
let done: JoinRun | undefined

/** A whole run, which no attempt changes. */
function finished(): JoinRun {
  done ??= sampleRun(samplePlan())
  return done
}

function evidenceOf(state: HolderState, message: Received): string {
  const said = decodeUtf8(state.made.abort ?? none)
  const digest = Buffer.from(sha256(message.bytes)).toString('hex')
  if (said === '') return 'nothing'
  if (!said.includes(digest)) throw new TypeError('an abort names what it is about')
  return `abort by ${state.side}, blames ${message.from}, names both messages`
}

/** Left replaces one person of its list by nobody, and looks by how much the shared points become fewer. */
function secondList(target: 'product' | 'twin'): Attempt {
  const run = finished()
  const { left, right } = run.holders
  const first = left.made.blinded ?? none
  let differences = 0
  let evidence = 'nothing'
  let code: string | undefined
  for (const number of [45, 5]) {
    const place = left.secrets?.order.findIndex((one) => one === number) ?? -1
    const points = pointsOf(first).slice()
    points.set(testGroup.base(freshScalar()), 32 * place)
    const head = { kind: 'blinded', planHash: planHash(run.plan), owner: 'left' } as const
    const message: Received = { from: 'left', bytes: writeList(head, points) }
    const commit = right.taken.commit ?? none
    const taken = target === 'product' ? { commit, blinded: first } : { commit }
    const { state } = holderReceives({ ...right, taken }, message, run.deps.right)
    if (state.stopped !== undefined) {
      code = state.stopped.code
      evidence = evidenceOf(state, message)
      continue
    }
    const shared = (of: HolderState): number =>
      sharedCount(pointsOf(of.made.remasked ?? none), pointsOf(left.made.remasked ?? none))
    const isMember = shared(right) - shared(state) === 1
    if (isMember === (number === 45)) differences += 1
  }
  const got = `${differences} of 2 people told right, without noise`
  return { succeeds: differences > 0, got, code, evidence }
}

function secondChallenge(target: 'product' | 'twin'): Attempt {
  const run = finished()
  const { left } = run.holders
  const { challenge: first = none, result: _result, ...heard } = left.taken
  const opened = new Set<number>()
  let evidence = 'nothing'
  let code: string | undefined
  for (const from of [0, 64, 128, 186]) {
    const asked = { ...JSON.parse(decodeUtf8(first)), right: numbersFrom(from, from + 64) }
    const message: Received = { from: 'tally', bytes: utf8(JSON.stringify(asked)) }
    const taken = target === 'product' ? { ...heard, challenge: first } : heard
    const { state } = holderReceives({ ...left, taken }, message, run.deps.left)
    if (state.stopped !== undefined) {
      code = state.stopped.code
      evidence = evidenceOf(state, message)
      continue
    }
    const said: { openings: { input: number }[] } = JSON.parse(
      decodeUtf8(state.made.openings ?? none),
    )
    for (const { input } of said.openings) opened.add(input)
  }
  const got = `${opened.size} of 250 places linked beyond the 64`
  return { succeeds: opened.size > 64, got, code, evidence }
}

/** Other bytes in the place of what was answered. */
export const againAttacks: readonly JoinAttack[] = [
  {
    name: 'second-list',
    who: 'a holder',
    what: 'sends a second list with one person left out, and takes the difference',
    stoppedBy: 'one message in each place, kept before it is answered',
    twin: 'a holder that forgets what it answered',
    attempt: secondList,
  },
  {
    name: 'second-challenge',
    who: 'the tally',
    what: 'asks for 64 other places, again and again, until the shuffle lies open',
    stoppedBy: 'one challenge a run',
    twin: 'a holder that forgets what it answered',
    attempt: secondChallenge,
  },
]
