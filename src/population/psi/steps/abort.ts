import { sha256 } from '../../../crypto/index.ts'
import type { JoinFaultCode } from '../join-error.ts'
import { type Abort, abortSchema, readMessage, writeMessage } from '../messages/index.ts'
import { type JoinPlan, planHash, type Side } from '../plan/index.ts'
import type { JoinParty, Sent, Stopped } from './join-step.ts'

/** A fault that one party of the plan found. */
export interface Fault {
  readonly by: Side | 'tally'
  readonly code: JoinFaultCode
  readonly blames: Side | 'tally' | null
  /** The messages that show it. */
  readonly shown: readonly Uint8Array[]
}

/** The `join.abort` of a fault. */
export function abortBytes(plan: JoinPlan, { by, code, blames, shown }: Fault): Uint8Array {
  const digests = shown.map((bytes) => sha256(bytes))
  return writeMessage({
    v: 1,
    kind: 'join.abort',
    planHash: planHash(plan),
    by,
    code,
    blames,
    digests,
  })
}

/** Carries an abort to everybody else. */
export function abortSent(by: Side | 'tally', bytes: Uint8Array): Sent {
  const all: readonly JoinParty[] = ['left', 'right', 'tally', 'analyst']
  return { to: all.filter((party) => party !== by), name: 'abort', bytes }
}

/**
 * Reads an abort of this plan, whoever carried it.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`
 */
export function readAbort(plan: JoinPlan, bytes: Uint8Array): Abort {
  return readMessage(abortSchema, bytes, planHash(plan))
}

/** What another party's abort says, which must be its own. */
export function abortFrom(plan: JoinPlan, from: JoinParty, bytes: Uint8Array): Stopped | undefined {
  const { by, code, blames } = readAbort(plan, bytes)
  return by === from ? { by, code, blames } : undefined
}
