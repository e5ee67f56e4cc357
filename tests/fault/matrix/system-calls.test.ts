import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { needStrace, wantsLongRuns } from '../../house/needs.ts'
import { printFault } from './fault-table.ts'
import {
  faultBench,
  type FaultBench,
  type FaultedLife,
  lawsAfter,
  liveUnderFault,
  verifiedByCommand,
} from './faulted-gateway.ts'
import {
  hasStruck,
  type InjectedEffect,
  type InjectedFault,
  injectionArguments,
} from './injected-fault.ts'

/** What a gateway must do about a fault. */
type Expected =
  /** It ends with exit code 1 and says `code`. */
  | { readonly kind: 'ends'; readonly code: 'STORE_FAILED' | 'STORE_FULL' }
  | { readonly kind: 'killed' }
  /** It goes on, tells, and finishes the work once there is space. */
  | { readonly kind: 'goes on' }

interface Place {
  readonly step: string
  readonly call: InjectedFault['call']
  readonly files?: readonly string[]
  /** Occurrences to hit: in `./test` the first, in `./test --all` every one. */
  readonly at: readonly number[]
  /** The effects that `./test` tries; `./test --all` tries all three. */
  readonly usual: readonly InjectedEffect[]
  readonly isPublished?: true
}

const places: readonly Place[] = [
  {
    step: 'state store: write of its log',
    usual: ['ENOSPC'],
    call: 'pwrite64',
    files: ['state.db-wal'],
    at: [150, 1, 2, 8, 30, 60, 100, 250],
  },
  {
    step: 'state store: sync of its log',
    usual: ['EIO', 'SIGKILL'],
    call: 'fsync',
    files: ['state.db-wal'],
    at: [7, 1, 2, 3, 4, 5, 9, 11],
  },
  {
    step: 'head store: write of its log',
    usual: ['EIO'],
    call: 'pwrite64',
    files: ['head.db-wal'],
    at: [14, 1, 2, 5, 9, 20],
  },
  {
    step: 'head store: sync of its log',
    usual: ['SIGKILL'],
    call: 'fsync',
    files: ['head.db-wal'],
    at: [8, 1, 2, 3, 5, 10],
  },
  {
    step: 'published folder: sync of a file',
    usual: ['EIO'],
    call: 'fdatasync',
    at: [9, 1, 2, 3, 4, 6, 14, 21],
    isPublished: true,
  },
  {
    step: 'published folder: rename',
    usual: ['ENOSPC'],
    call: 'rename',
    at: [5, 1, 2, 3, 8, 11],
    isPublished: true,
  },
  {
    step: 'published folder: sync of a folder',
    usual: ['EIO'],
    call: 'fsync',
    files: ['log', 'log/tile', 'log/tile/0', 'log/tile/entries', 'log/governance'],
    at: [5, 1, 2, 3, 4, 6],
    isPublished: true,
  },
]

function expectedOf(place: Place, effect: InjectedEffect): Expected {
  if (effect === 'SIGKILL') return { kind: 'killed' }
  if (effect === 'ENOSPC' && place.isPublished) return { kind: 'goes on' }
  // SQLite tells a full disk from a failed one at a write; a sync that fails is a failed disk.
  const isFull = effect === 'ENOSPC' && place.call === 'pwrite64'
  return { kind: 'ends', code: isFull ? 'STORE_FULL' : 'STORE_FAILED' }
}

/** A full disk stays full for a while; the other faults strike once. */
function whenOf(place: Place, effect: InjectedEffect, at: number): string {
  if (effect !== 'ENOSPC') return String(at)
  return place.isPublished ? `${at}..${at + 2}` : `${at}+`
}

function checkLife(life: FaultedLife, expected: Expected): string {
  const { end, listened, acknowledged } = life
  const when = listened ? `after ${acknowledged} answers` : 'at the start'
  switch (expected.kind) {
    case 'killed':
      assert.ok(end !== undefined, 'it lived on')
      assert.equal(end.signal, 'SIGKILL', end.stderr)
      return `killed ${when}`
    case 'ends':
      assert.ok(end !== undefined, 'it lived on')
      assert.equal(end.exitCode, 1, end.stderr)
      assert.match(end.stderr, new RegExp(`^cloison serve: ${expected.code}: `, 'm'))
      return `ends ${when}, exit 1, ${expected.code}`
    case 'goes on':
      assert.equal(end, undefined, end?.stderr)
      assert.deepEqual(life.refused, [])
      return `goes on, ${acknowledged} answers, publishes again`
  }
}

async function oneLife(
  bench: FaultBench,
  fault: InjectedFault,
  { strace, mustEnd }: { readonly strace: string; readonly mustEnd: boolean },
): Promise<FaultedLife> {
  const { dir } = bench.provider
  return liveUnderFault(bench, {
    under: [
      'env',
      'UV_THREADPOOL_SIZE=1',
      'NODE_DISABLE_COMPILE_CACHE=1',
      ...injectionArguments(strace, dir, fault),
    ],
    questions: 10,
    hasStruck: () => hasStruck(dir),
    mustEnd,
    afterMs: 1_500,
  })
}

const effects: readonly InjectedEffect[] = ['EIO', 'ENOSPC', 'SIGKILL']

/** One row: a life under the fault, and one without it, which must find all laws kept. */
async function runRow(
  bench: FaultBench,
  place: Place,
  row: { readonly effect: InjectedEffect; readonly at: number; readonly strace: string },
): Promise<void> {
  const { effect, at, strace } = row
  const { call, files, step } = place
  const when = whenOf(place, effect, at)
  const fault = { effect, call, when, ...(files === undefined ? {} : { files }) }
  const expected = expectedOf(place, effect)
  const mustEnd = expected.kind !== 'goes on'
  const life = await oneLife(bench, fault, { strace, mustEnd })
  // Who is killed shows it, maybe before the tracer has written it down.
  if (expected.kind !== 'killed')
    assert.ok(hasStruck(bench.provider.dir), 'the fault has not struck')
  const said = checkLife(life, expected)
  const broken = await lawsAfter(bench)
  const after = broken.length === 0 ? 'starts, all laws hold' : broken.join('; ')
  printFault({ fault: `${effect} at call ${at}`, step, outcome: `${said}; then ${after}` })
  assert.deepEqual(broken, [])
}

describe('acknowledged ⊆ log after SIGKILL or EIO at every write, fsync and rename', () => {
  for (const place of places) {
    test(place.step, async (t) => {
      const strace = needStrace(t)
      if (strace === undefined) return
      await using bench = await faultBench(place.isPublished ? 0.1 : 5)
      for (const at of place.at.slice(0, wantsLongRuns() ? undefined : 1)) {
        for (const effect of wantsLongRuns() ? effects : place.usual) {
          await t.test(`${effect} at call ${at}`, () =>
            runRow(bench, place, { effect, at, strace }),
          )
        }
      }
      assert.equal(verifiedByCommand(bench), undefined)
    })
  }
})
