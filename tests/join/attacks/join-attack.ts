import { encodeHex } from '../../../src/bytes/index.ts'
import { sha256 } from '../../../src/crypto/index.ts'
import { abortSchema, jsonKind, readMessage } from '../../../src/population/psi/messages/index.ts'
import { planHash } from '../../../src/population/psi/index.ts'
import type { JoinRun } from '../../../src/testing/join/index.ts'

/** What an attacker came to. */
export interface Attempt {
  readonly succeeds: boolean
  /** What it has in its hands afterwards, in words with figures. */
  readonly got: string
  /** The code of what stopped it; nothing where nothing did. */
  readonly code?: string | undefined
  /** What stays of the attempt, for others to see. */
  readonly evidence: string
}

/** One attack on a join, and the same code against what lacks the control. */
export interface JoinAttack {
  readonly name: string
  /** Whose attack it is. */
  readonly who: string
  readonly what: string
  readonly stoppedBy: string
  /** What the same code attacks once more. */
  readonly twin: string
  /** Runs the attacker's code: against the product, or against the same without the control. */
  attempt(target: 'product' | 'twin'): Attempt | Promise<Attempt>
}

/** A row of the table: both attempts of one attack. */
export interface AttackedRow {
  readonly attack: JoinAttack
  readonly product: Attempt
  readonly twin: Attempt
}

/** What a run leaves of a fault: its abort, with the messages that its digests name. Nothing where it did not stop. */
export function abortEvidence({ plan, carried }: Pick<JoinRun, 'plan' | 'carried'>): string {
  const sent = new Set(carried.map(({ bytes }) => encodeHex(sha256(bytes))))
  const found = carried.find(({ bytes }) => jsonKind(bytes) === 'join.abort')
  if (found === undefined) return 'nothing'
  const { by, blames, digests } = readMessage(abortSchema, found.bytes, planHash(plan))
  if (!digests.every((one) => sent.has(encodeHex(one))))
    throw new TypeError('an abort names what was not sent')
  const whom = blames === null ? 'nobody' : blames
  return `abort by ${by}, blames ${whom}, names ${counted(digests.length, 'message')}`
}

/** A number with its noun. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Runs both attempts of each attack, one after the other. */
export async function runJoinAttacks(
  attacks: readonly JoinAttack[],
  tell: (name: string) => void = () => undefined,
): Promise<readonly AttackedRow[]> {
  const rows: AttackedRow[] = []
  for (const attack of attacks) {
    tell(attack.name)
    const product = await attack.attempt('product')
    rows.push({ attack, product, twin: await attack.attempt('twin') })
  }
  return rows
}
