import { systemRandomness } from '../../../src/platform/index.ts'
import {
  type HolderNoise,
  type JoinDeps,
  type JoinPlan,
  planHash,
  readResult,
  type Side,
} from '../../../src/population/psi/index.ts'
import { listKind, pointsOf, writeList } from '../../../src/population/psi/messages/index.ts'
import {
  type Carried,
  deliver,
  type JoinRun,
  numbersFrom,
  people,
  runJoin,
  sampleDeps,
  samplePlan,
} from '../../../src/testing/join/index.ts'

/** Sixty people a side, twenty of them in both. */
export const sampleRows: Readonly<Record<Side, readonly (readonly Uint8Array[])[]>> = {
  left: [people(...numbersFrom(0, 60))],
  right: [people(...numbersFrom(40, 100))],
}

/** How many are in both. */
export const sampleShared = 20

/** Puts a list of `from` in the place of the one that it made, everywhere it goes. */
export function withList(
  plan: JoinPlan,
  { from, kind }: { readonly from: Side; readonly kind: 'blinded' | 'remasked' },
  change: (points: Uint8Array) => Uint8Array,
): (message: Carried) => Carried {
  const owner = (kind === 'blinded') === (from === 'left') ? 'left' : 'right'
  const head = { kind, planHash: planHash(plan), owner } as const
  return (message) =>
    message.from === from && listKind(message.bytes) === kind
      ? { ...message, bytes: writeList(head, change(pointsOf(message.bytes).slice())) }
      : message
}

/** A whole run of the sample people. */
export function sampleRun(
  plan: JoinPlan,
  terms: {
    readonly tamper?: (message: Carried) => Carried | readonly Carried[]
    readonly deps?: Partial<Record<Side | 'tally', JoinDeps>>
    readonly noise?: Partial<Record<Side, HolderNoise>>
  } = {},
): JoinRun {
  return runJoin(plan, { rows: sampleRows, ...terms })
}

/** The one number of a run's table, before τ is taken off. */
export function cellOf({ plan, tally }: JoinRun): number | undefined {
  if (tally.made.result === undefined) return undefined
  const cell = readResult(plan, tally.made.result).parts[0]?.cells[0]?.[0] ?? Number.NaN
  return cell + (plan.taus[0] ?? 0)
}

/** A run in which both holders have each other's M1 and wait for the list. */
export function waitingRun(plan: JoinPlan = samplePlan(), deps: JoinDeps = sampleDeps()): JoinRun {
  return runJoin(plan, {
    rows: sampleRows,
    deps: { right: deps },
    tamper: (message) => (message.bytes[0] === 0x7b && isCommit(message.bytes) ? message : []),
  })
}

function isCommit(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('"join.commit"')
}

/** Delivers one message, and keeps it and what comes of it among what was carried. */
export function deliverKept(run: JoinRun, message: Carried): readonly Carried[] {
  run.carried.push(message)
  const sent = deliver(run, message)
  run.carried.push(...sent)
  return sent
}

/** Fresh secret bytes of a scalar. */
export function freshScalar(): Uint8Array {
  return systemRandomness.bytes(32)
}
