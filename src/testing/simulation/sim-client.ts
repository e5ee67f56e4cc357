import { canonicalBytes, decodeUtf8 } from '../../bytes/index.ts'
import { type AskOutcome, askOutcomeSchema, type AskRequest } from '../../person/index.ts'
import type { HttpClient, Timers } from '../../ports/index.ts'
import type { SeededRandom } from '../simulator/index.ts'
import { simAgreementId } from './sim-agreement.ts'
import { simCaseKinds } from './sim-case-source.ts'
import { simOfficials } from './sim-organisation.ts'
import { simSubjects } from './sim-register.ts'

/** How one request of a client ended. */
export type ClientEnd =
  | { readonly kind: 'outcome'; readonly outcome: AskOutcome }
  /** The gateway said that there will be no outcome. */
  | { readonly kind: 'refused'; readonly code: string }

/** A request that a client makes, as often as it takes. */
export interface ClientRequest {
  readonly request: Pick<
    AskRequest,
    'agreement' | 'elements' | 'subject' | 'case' | 'idempotencyKey'
  > & { readonly official: string }
  readonly startMs: number
  /** Whether it is asked a second time after it has ended, under the same key. */
  readonly isAskedAgain: boolean
}

/** What a client needs. */
export interface SimClientDeps {
  readonly http: HttpClient
  readonly timers: Timers
  readonly nowMs: () => number
  readonly random: SeededRandom
  /** Address of the consumer's gateway. */
  readonly url: string
  /** Hears of everything that a client holds, when it holds it. */
  readonly onEnd: (request: ClientRequest, end: ClientEnd) => void
}

const elementChoices: readonly (readonly string[])[] = [
  ['income_below_limit'],
  ['income_below_limit'],
  ['income_below_limit', 'dependants'],
  ['dependants'],
  ['shoe_size'],
]

function drawRequest(random: SeededRandom, place: number): ClientRequest['request'] {
  const kind = random.chance(0.75) ? 'OPEN' : random.pick(simCaseKinds)
  return {
    agreement: random.chance(0.03) ? 'no-such-agreement' : simAgreementId,
    elements: random.pick(elementChoices),
    subject: {
      scheme: 'demo-nin',
      value: random.chance(0.05) ? '1234567899' : random.pick(simSubjects),
    },
    case: `${kind}-${random.below(3)}`,
    official: random.chance(0.9) ? random.pick(simOfficials.slice(0, -1)) : 'nobody',
    idempotencyKey: `key-${place}`,
  }
}

/**
 * The program of a simulation's clients: made-up requests within `spanMs`, some of them twice at the
 * same time, some under a key that stands for another request.
 */
export function drawProgram(random: SeededRandom, spanMs: number): readonly ClientRequest[] {
  const program: ClientRequest[] = []
  const count = random.between(4, 9)
  for (let place = 0; place < count; place += 1) {
    const request = drawRequest(random, place)
    const startMs = random.between(500, spanMs)
    program.push({ request, startMs, isAskedAgain: random.chance(0.3) })
    const nearMs = startMs + random.below(1_500)
    if (random.chance(0.2)) program.push({ request, startMs: nearMs, isAskedAgain: false })
    if (random.chance(0.08)) {
      const other = { ...drawRequest(random, place), case: 'OPEN-9' }
      program.push({ request: other, startMs: nearMs, isAskedAgain: false })
    }
  }
  return program
}

const finalCodes: ReadonlySet<string> = new Set([
  'ANSWER_REFUSED',
  'IDEMPOTENCY_CONFLICT',
  'OUTCOME_GONE',
  'AGREEMENT_UNKNOWN',
  'PEER_UNKNOWN',
])

function codeOf(body: Uint8Array): string {
  const parsed: unknown = JSON.parse(decodeUtf8(body))
  const isCoded = typeof parsed === 'object' && parsed !== null && 'code' in parsed
  return isCoded ? String(parsed.code) : 'INTERNAL'
}

async function askOnce(
  { request }: ClientRequest,
  deps: SimClientDeps,
): Promise<ClientEnd | undefined> {
  const official = { id: request.official, authTimeMs: deps.nowMs() - 5_000 }
  const body = canonicalBytes({ ...request, subject: { ...request.subject }, official })
  const send = { method: 'POST', url: `${deps.url}/v1/ask`, headers: {}, body } as const
  const response = await deps.http
    .send({ ...send, timeoutMs: 15_000, maxResponseBytes: 262_144 })
    .catch(() => undefined)
  if (response === undefined) return undefined
  if (response.status === 200) {
    const outcome = askOutcomeSchema.parse(JSON.parse(decodeUtf8(response.body)))
    return { kind: 'outcome', outcome }
  }
  const code = response.body.length === 0 ? 'INTERNAL' : codeOf(response.body)
  return finalCodes.has(code) ? { kind: 'refused', code } : undefined
}

/** Asks until there is an end, however often that is. */
async function askUntilEnd(request: ClientRequest, deps: SimClientDeps): Promise<void> {
  for (;;) {
    const end = await askOnce(request, deps)
    if (end !== undefined) return deps.onEnd(request, end)
    await deps.timers.sleep(deps.random.between(200, 1_500))
  }
}

/** Runs one request of a program. Resolves when the client holds how it ended. */
export async function runRequest(request: ClientRequest, deps: SimClientDeps): Promise<void> {
  await deps.timers.sleep(request.startMs)
  await askUntilEnd(request, deps)
  if (!request.isAskedAgain) return
  await deps.timers.sleep(deps.random.between(100, 4_000))
  await askUntilEnd(request, deps)
}
