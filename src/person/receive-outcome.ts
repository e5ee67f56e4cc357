import { type DecisionCode, decisionCodes, entryOf } from '../agreement/index.ts'
import { encodeBase64, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { PersonAnswer, PersonDenial, Problem } from '../protocol/index.ts'
import { askedNotice } from './asked-notice.ts'
import { askedRecordPart } from './asked-record.ts'
import { type AskOutcome, encodeOutcome } from './ask-outcome.ts'
import { type AnswerCheck, type AnswerFault, checkAnswer } from './check-answer.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import type { AskedQuestionParts, ProviderReply } from './deliver-question.ts'
import { outcomeOfRow } from './outcome-of-row.ts'
import { chainOf } from './subject-chain.ts'
import { PersonError } from './person-error.ts'
import type { ReceivedIntent } from './writer.ts'

type GoodCheck = Extract<AnswerCheck, { ok: true }>

function provenOutcome(
  asked: AskedQuestionParts,
  outcome: PersonAnswer | PersonDenial,
  check: GoodCheck,
): AskOutcome {
  const { leaf, opening, inclusion } = outcome
  const shared = {
    exchangeId: asked.core.exchangeId,
    receipt: { origin: check.checkpoint.origin, index: check.index, leaf, opening, inclusion },
    entries: { asked: asked.askedIndex, received: null },
    provisional: true,
  }
  if (outcome.outcome === 'permit') {
    const { results, obligations } = outcome
    return { ...shared, outcome: 'permit', results, obligations }
  }
  const cap = outcome.cap === undefined ? {} : { cap: outcome.cap }
  return { ...shared, outcome: 'deny', code: outcome.code, ...cap, results: [], obligations: null }
}

function problemOutcome(asked: AskedQuestionParts, problem: Problem): AskOutcome {
  return {
    exchangeId: asked.core.exchangeId,
    outcome: 'deny',
    code: problem.code,
    results: [],
    obligations: null,
    receipt: null,
    entries: { asked: asked.askedIndex, received: null },
    provisional: false,
  }
}

type ReceivedPart = Pick<ReceivedIntent, 'state' | 'providerHead'> & {
  readonly outcome: AskOutcome
  readonly record: Pick<
    ReceivedIntent['record'],
    'outcome' | 'code' | 'cap' | 'resultDigest' | 'peer'
  >
}

async function writeReceived(
  asked: AskedQuestionParts,
  part: ReceivedPart,
  deps: ConsumerDeps,
): Promise<AskOutcome> {
  const { core, known } = asked
  const notice = await askedNotice(core, known, deps)
  const shared = { consumer: deps.organisation, notice }
  const committed = await deps.writer.commit({
    type: 'received',
    exchangeId: core.exchangeId,
    subjectHandle: deps.subjects.handleOf(core.subject, chainOf(notice)),
    record: { ...askedRecordPart(core, known, shared), ...part.record },
    state: part.state,
    outcome: encodeOutcome(part.outcome),
    providerHead: part.providerHead,
  })
  if (committed.type !== 'received') throw new TypeError('the writer answered another intent')
  if (committed.state === 'known') return keptOutcome(asked.core.exchangeId, deps)
  const { entries } = part.outcome
  return { ...part.outcome, entries: { ...entries, received: committed.index } }
}

const decided: ReadonlySet<string> = new Set(decisionCodes)

function isDecided(code: string): code is DecisionCode {
  return decided.has(code)
}

/**
 * A denial that must be an entry, sent as a bare problem: the provider hides its own decision. A
 * clock far off is refused without one.
 */
function isUnprovenDenial({ code }: Problem): boolean {
  return isDecided(code) && entryOf(code) === 'entry' && code !== 'CLOCK_SKEW'
}

/** Another delivery of this question was received first: its outcome is the one that counts. */
async function keptOutcome(exchangeId: string, deps: ConsumerDeps): Promise<AskOutcome> {
  const row = await deps.reader.ask(exchangeId)
  if (row === undefined) throw new TypeError('what was received must be kept')
  return outcomeOfRow(row, deps)
}

/** A signed outcome that does not prove what it must: kept as evidence, never handed out. */
async function refuseOutcome(
  asked: AskedQuestionParts,
  fault: AnswerFault,
  deps: ConsumerDeps,
): Promise<never> {
  const problem = problemOutcome(asked, { type: '', title: '', status: 502, code: 'INTERNAL' })
  const record = {
    outcome: null,
    code: 'ANSWER_REFUSED',
    cap: null,
    resultDigest: null,
    peer: null,
  }
  const outcome = { ...problem, code: 'ANSWER_REFUSED' }
  await writeReceived(asked, { state: 'failed', providerHead: undefined, outcome, record }, deps)
  await deps.writer.commit({
    type: 'governance',
    kind: 'signal.answer-refused',
    name: asked.provider.id,
    digest: encodeBase64(sha256(utf8(asked.core.exchangeId))),
    body: { fault },
    agreement: undefined,
  })
  throw new PersonError(
    'ANSWER_REFUSED',
    `The provider's answer was refused (${fault}); it is kept as evidence for the inspector.`,
  )
}

/**
 * Takes a provider's signed reply: checks an outcome in full, writes "received" and only then hands
 * it out. An outcome that fails a check is an entry and a signal, and is never handed out.
 *
 * @throws {@link PersonError} `ANSWER_REFUSED`
 */
export async function receiveOutcome(
  asked: AskedQuestionParts,
  reply: ProviderReply,
  deps: ConsumerDeps,
): Promise<AskOutcome> {
  if (reply.kind === 'problem') {
    if (isUnprovenDenial(reply.problem)) return refuseOutcome(asked, 'ENTRY_MISSING', deps)
    const record = {
      outcome: 'deny' as const,
      code: reply.problem.code,
      cap: null,
      resultDigest: null,
      peer: null,
    }
    const outcome = problemOutcome(asked, reply.problem)
    return writeReceived(
      asked,
      { state: 'received', providerHead: undefined, outcome, record },
      deps,
    )
  }
  const { core, known, provider, askedCommitment, lastSeenCheckpoint } = asked
  const { organisation: consumer, ed25519 } = deps
  const check = checkAnswer(reply.outcome, {
    core,
    consumer,
    provider,
    known,
    askedCommitment,
    lastSeenCheckpoint,
    nowMs: deps.clock.now(),
    ed25519,
  })
  if (!check.ok) return refuseOutcome(asked, check.code, deps)
  const { outcome, code, cap, resultDigest } = check.record
  return writeReceived(
    asked,
    {
      state: 'received',
      outcome: provenOutcome(asked, reply.outcome, check),
      record: { outcome, code, cap, resultDigest, peer: check.commitment },
      providerHead: {
        origin: check.checkpoint.origin,
        checkpoint: check.checkpointNote,
        size: check.checkpoint.size,
      },
    },
    deps,
  )
}
