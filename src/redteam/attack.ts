import type { FoundedProvider } from './world/found-provider.ts'
import type { ProvenEntry, RedReply } from './world/red-reply.ts'
import type { RedWorld } from './world/start-world.ts'

/** Who attacks: what they hold is theirs by right, or was stolen; nothing is broken. */
export type Attacker =
  | 'official'
  | "consumer's gateway"
  | 'stolen key'
  | 'network'
  | 'government'
  | "provider's operator"
  | "log's operator"

/** What an attack leaves behind. */
export type Trace =
  | { readonly kind: 'entry'; readonly entry: ProvenEntry }
  /** Refused as noise, and counted under this code. */
  | { readonly kind: 'noise'; readonly code: string }
  /** Cut off before anything was read, or refused where no log is. */
  | { readonly kind: 'nothing' }

/** What came of an attack. */
export interface AttackResult {
  /** Whether the attacker got what they wanted. */
  readonly isReached: boolean
  /** The stable code of what stopped it; empty when nothing did. */
  readonly code: string
  /** A number or name that says more, such as which cap. */
  readonly detail?: string
  readonly trace: Trace
}

/** One attack that can be run against real gateways, through what they show to everybody. */
export interface Attack {
  /** In kebab-case. */
  readonly name: string
  readonly attacker: Attacker
  /** What is tried, in a few words. */
  readonly what: string
  /**
   * What stops it: a code of `spec/decision.md` for a rule of the decision, else a name in kebab-case. Tests
   * leave it out and see the attack succeed.
   */
  readonly control: string
  /** The same in words. */
  readonly stoppedBy: string
  readonly run: (world: RedWorld) => Promise<AttackResult>
}

/** The result of a question: reached when an answer came. */
export function resultOf(reply: RedReply, noise: number): AttackResult {
  const isReached = reply.status === 200
  const { entry, code, cap } = reply
  const detail = cap === undefined ? {} : { detail: cap }
  return {
    isReached,
    code: isReached ? '' : code,
    ...detail,
    trace: traceOf({ entry, code, noise }),
  }
}

function traceOf(left: {
  readonly entry: ProvenEntry | undefined
  readonly code: string
  readonly noise: number
}): Trace {
  if (left.entry !== undefined) return { kind: 'entry', entry: left.entry }
  return left.noise > 0 ? { kind: 'noise', code: left.code } : { kind: 'nothing' }
}

/** Makes the last move of an attack, and sees what it leaves at `at`. */
export async function lastMove(
  world: RedWorld,
  at: FoundedProvider,
  move: () => Promise<RedReply>,
): Promise<AttackResult> {
  const before = await world.health(at)
  const reply = await move()
  const after = await world.health(at)
  const noise = (after.noise[reply.code] ?? 0) - (before.noise[reply.code] ?? 0)
  return resultOf(reply, noise)
}

/** The result of many moves of one kind: reached when a single one was, else what the last one left. */
export async function everyMove(
  world: RedWorld,
  at: FoundedProvider,
  moves: readonly (() => Promise<RedReply>)[],
): Promise<AttackResult> {
  const results: AttackResult[] = []
  for (const move of moves) results.push(await lastMove(world, at, move))
  const found = results.find(({ isReached }) => isReached) ?? results.at(-1)
  if (found === undefined) throw new TypeError('an attack has a move')
  const codes = new Set(results.map(({ code }) => code))
  return codes.size === 1 && moves.length > 1
    ? { ...found, detail: `${moves.length} of ${moves.length}` }
    : found
}
