import { encodeBase64Url } from '../bytes/index.ts'
import type { Clock, Randomness } from '../ports/index.ts'
import type { AskOutcome, CheatKind, CheatResult, DemoPerson, RestoreRow } from './demo-backend.ts'

/** How long an answer with its values may be shown again before it is forgotten. */
export const answerShownMs: number = 15 * 60_000

/** How long a session lives without a visit. */
const idleMs = 30 * 60_000

/** Most sessions held at once; the one idle longest goes first. */
const sessionLimit = 2_000

/** An answer that was just given, kept in memory for {@link answerShownMs}. */
export interface ShownAnswer {
  readonly outcome: AskOutcome
  readonly caseReference: string
  readonly needId: string
  readonly atMs: number
}

/** An attempt to cheat: under way, done, or failed in a way that says nothing. */
export interface CheatRun {
  readonly kind: CheatKind
  /** What is known so far of a long attempt. */
  readonly rows: RestoreRow[]
  result: CheatResult | undefined
  /** What it failed with, in brackets so that `undefined` is a failure too. */
  failure: { readonly cause: unknown } | undefined
}

/** What the server remembers about one visitor, in memory alone. Holds personal data. */
export interface Session {
  readonly id: string
  /** The token that every form of this visitor carries. */
  readonly formToken: string
  officialId: string | undefined
  person: DemoPerson | undefined
  caseReference: string | undefined
  needId: string | undefined
  /** By exchange id. */
  readonly answers: Map<string, ShownAnswer>
  /** By a random id that is in the address of the result's page. */
  readonly cheats: Map<string, CheatRun>
  seenAtMs: number
}

/** The sessions of the pages. */
export interface Sessions {
  /** The session with this id, unless it is unknown or was idle too long. */
  find(id: string | undefined): Session | undefined
  /** A fresh session whose forms carry `formToken`. */
  start(formToken: string): Session
  end(session: Session): void
}

/** 128 random bits as 22 characters that are safe in addresses and cookies. */
export function randomId(randomness: Randomness): string {
  return encodeBase64Url(randomness.bytes(16))
}

function dropOldest<Key, Value>(map: Map<Key, Value>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return
    map.delete(key)
  }
}

/** Sessions in memory: bounded, gone at a restart, forgotten after half an hour without a visit. */
export function createSessions(deps: { clock: Clock; randomness: Randomness }): Sessions {
  const held = new Map<string, Session>()
  return {
    find(id) {
      const session = id === undefined ? undefined : held.get(id)
      if (session === undefined) return undefined
      held.delete(session.id)
      const now = deps.clock.now()
      if (now - session.seenAtMs > idleMs) return undefined
      session.seenAtMs = now
      held.set(session.id, session)
      for (const [exchange, answer] of session.answers) {
        if (now - answer.atMs > answerShownMs) session.answers.delete(exchange)
      }
      return session
    },
    start(formToken) {
      const session: Session = {
        id: randomId(deps.randomness),
        formToken,
        officialId: undefined,
        person: undefined,
        caseReference: undefined,
        needId: undefined,
        answers: new Map(),
        cheats: new Map(),
        seenAtMs: deps.clock.now(),
      }
      held.set(session.id, session)
      dropOldest(held, sessionLimit)
      return session
    },
    end: (session) => {
      held.delete(session.id)
    },
  }
}
