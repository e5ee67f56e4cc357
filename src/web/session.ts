import { encodeBase64Url } from '../bytes/index.ts'
import type { Clock, Randomness } from '../ports/index.ts'
import type { Analysis } from '../population/index.ts'
import type {
  AbuseKind,
  AskOutcome,
  CheatKind,
  CheatResult,
  PagePerson,
  RestoreRow,
} from './demo-backend.ts'
import type { ReportRun } from './officer/reports/report-desk.ts'
import type { RequestDraft } from './person/requests/request-draft.ts'
import type { OpenedView } from './requests/request-desk.ts'
import type { Account, SignInSecrets } from './sign-in/identity-port.ts'

/** How long an answer with its values may be shown again before it is forgotten. */
export const answerShownMs: number = 15 * 60_000

/** How long a session lives without a visit. */
const idleMs = 30 * 60_000

/** How long a session lives however often it is visited. */
const wholeMs = 8 * 60 * 60_000

/** Most sessions held at once; the one idle longest goes first. */
const sessionLimit = 2_000

/** An answer that was just given, kept in memory for {@link answerShownMs}. */
export interface ShownAnswer {
  readonly outcome: AskOutcome
  readonly caseReference: string
  readonly needId: string
  readonly atMs: number
}

/** An attempt to cheat, or a documented abuse that is replayed: under way, done, or failed in a way that says nothing. */
export interface CheatRun {
  readonly kind: CheatKind | AbuseKind
  /** What is known so far of a long attempt. */
  readonly rows: RestoreRow[]
  result: CheatResult | undefined
  /** What it failed with, in brackets so that `undefined` is a failure too. */
  failure: { readonly cause: unknown } | undefined
}

/** An attempt to sign in that waits for the provider's answer. */
export interface PendingSignIn extends SignInSecrets {
  readonly startedAtMs: number
}

/** A consent that was asked for and is not used yet. */
export interface PendingConsent {
  readonly exchangeId: string
  readonly state: 'waiting' | 'given' | 'declined' | 'expired'
  /** Where the person decides. */
  readonly page: string
  /** The draft that it is for. */
  readonly caseReference: string
  readonly needId: string
}

/** A request of a person as it was when the officer opened it. */
export interface OpenedRequest {
  readonly request: OpenedView
  readonly atMs: number
}

/** A form about one request, as it was sent. */
export interface DecisionForm {
  readonly number: number
  readonly form: string
}

/** What the server remembers about one visitor, in memory alone. Holds personal data. */
export interface Session {
  readonly id: string
  /** The token that every form of this visitor carries. */
  readonly formToken: string
  /** The site that it was begun at, and the only one that it is found at. */
  readonly site: string
  /** Who signed in; a session that is not signed in knows nobody. */
  account: Account | undefined
  pendingSignIn: PendingSignIn | undefined
  person: PagePerson | undefined
  /** A request that the person is writing. */
  request: RequestDraft | undefined
  /** The request that the officer has opened last, shown for {@link answerShownMs}. */
  openedRequest: OpenedRequest | undefined
  /** What the officer had written about a request when they were asked to log in or to open it again. */
  decisionForm: DecisionForm | undefined
  caseReference: string | undefined
  needId: string | undefined
  consent: PendingConsent | undefined
  /** Where an officer wanted to go when they were asked to log in again: a path of the same site. */
  returnTo: string | undefined
  /** The draft of an agreement that an officer works at, as its form was sent. */
  agreementForm: string | undefined
  /** Tables that are being made, by exchange id: what was asked, to look again. */
  readonly tables: Map<string, Analysis>
  /** By exchange id. */
  readonly answers: Map<string, ShownAnswer>
  /** Reports of the officer's organisation by a random id, the newest few. */
  readonly reports: Map<string, ReportRun>
  /** By a random id that is in the address of the result's page. */
  readonly cheats: Map<string, CheatRun>
  readonly startedAtMs: number
  seenAtMs: number
}

/** The sessions of the pages. */
export interface Sessions {
  /** The session with this id of this site, unless it is unknown, was idle too long or is too old. */
  find(id: string | undefined, site: string): Session | undefined
  /** A fresh session of a site, whose forms carry `formToken`. */
  start(formToken: string, site: string): Session
  end(session: Session): void
}

/** 128 random bits as 22 characters that are safe in addresses and cookies. */
export function randomId(randomness: Randomness): string {
  return encodeBase64Url(randomness.bytes(16))
}

/** Sessions of nobody go first, so that a crowd that never signs in pushes nobody out. */
function dropOldest(held: Map<string, Session>): void {
  if (held.size <= sessionLimit) return
  const idlest = held.keys().next().value
  const nobodys = [...held.values()].find(({ account }) => account === undefined)?.id
  held.delete(nobodys ?? idlest ?? '')
}

/**
 * Sessions in memory: bounded, gone at a restart, forgotten after half an hour without a visit and
 * after eight hours in any case.
 */
export function createSessions(deps: { clock: Clock; randomness: Randomness }): Sessions {
  const held = new Map<string, Session>()
  return {
    find(id, site) {
      const session = id === undefined ? undefined : held.get(id)
      if (session === undefined || session.site !== site) return undefined
      held.delete(session.id)
      const now = deps.clock.now()
      if (now - session.seenAtMs > idleMs || now - session.startedAtMs > wholeMs) return undefined
      session.seenAtMs = now
      held.set(session.id, session)
      for (const [exchange, answer] of session.answers) {
        if (now - answer.atMs > answerShownMs) session.answers.delete(exchange)
      }
      if (now - (session.openedRequest?.atMs ?? now) > answerShownMs)
        session.openedRequest = undefined
      return session
    },
    start(formToken, site) {
      const now = deps.clock.now()
      const session: Session = {
        id: randomId(deps.randomness),
        formToken,
        site,
        account: undefined,
        pendingSignIn: undefined,
        person: undefined,
        request: undefined,
        openedRequest: undefined,
        decisionForm: undefined,
        caseReference: undefined,
        needId: undefined,
        consent: undefined,
        returnTo: undefined,
        agreementForm: undefined,
        tables: new Map(),
        reports: new Map(),
        answers: new Map(),
        cheats: new Map(),
        startedAtMs: now,
        seenAtMs: now,
      }
      dropOldest(held.set(session.id, session))
      return session
    },
    end: (session) => {
      held.delete(session.id)
    },
  }
}
