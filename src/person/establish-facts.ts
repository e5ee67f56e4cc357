import {
  capScope,
  comparesLocating,
  type ElementCategory,
  type AboutPersons,
} from '../agreement/index.ts'
import { decodeBase64, encodeBase64 } from '../bytes/index.ts'
import {
  consentDigest,
  type PersonQuestion,
  questionDigest,
  readSubjectIdentifier,
} from '../protocol/index.ts'
import { readAskedReceipt } from './asked-receipt.ts'
import { isBystander } from './bystander.ts'
import type { CapAxes, PeerHead } from './exchange-store.ts'
import { caseHandle } from './handles.ts'
import type { KnownConsumer, ProviderDeps } from './provider-deps.ts'
import { questionBounds } from './question-bounds.ts'
import type { KnownAgreement, QuestionFacts } from './question-facts.ts'
import { readConsent } from './read-consent.ts'
import { neighbourDigests, type TraceFacts } from './trace/index.ts'
import type { QuestionIntent } from './writer.ts'

/** A question with everything about it that does not change until its commit. */
export interface EstablishedQuestion {
  readonly question: PersonQuestion
  readonly consumer: string
  /** Base64 of 32 bytes. */
  readonly digest: string
  readonly facts: QuestionFacts
  readonly axes: CapAxes
  readonly consent: QuestionIntent['consent']
  readonly askedCommitment: string | undefined
  /** The head of the consumer's log that the receipt was under. */
  readonly consumerHead: PeerHead | undefined
  readonly withheldHandle: string | undefined
  /** What signals are computed from. */
  readonly trace: TraceFacts
  /** Whether the person appears in another person's case, by the case source's word. */
  readonly bystander: boolean
}

function describedCategories(
  agreement: AboutPersons,
  registers: ProviderDeps['registers'],
): Record<string, ElementCategory> {
  const categories: Record<string, ElementCategory> = {}
  for (const { name, register, source } of agreement.dataElements) {
    const category = registers.get(register)?.categories[source]
    if (category !== undefined) categories[name] = category
  }
  return categories
}

function registerScheme(agreement: AboutPersons, registers: ProviderDeps['registers']): string {
  const [first] = agreement.dataElements
  return (first === undefined ? undefined : registers.get(first.register)?.scheme) ?? ''
}

/** Computed here and not in the commit, which has no key to it. */
function withheldHandle(
  { subject }: PersonQuestion,
  { notice }: AboutPersons,
  { subjects }: ProviderDeps,
): string | undefined {
  return notice.kind === 'withheld' ? subjects.handleOf(subject, 'withheld') : undefined
}

function populationSize(
  { dataElements }: AboutPersons,
  registers: ProviderDeps['registers'],
): number {
  const sizes = dataElements.map(({ register }) => registers.get(register)?.populationSize ?? 0)
  return Math.min(...sizes)
}

function capAxes(
  question: PersonQuestion,
  { consumer, agreement }: { readonly consumer: KnownConsumer; readonly agreement: AboutPersons },
  deps: ProviderDeps,
): CapAxes {
  const compared = agreement.dataElements.filter(({ name }) => question.elements.includes(name))
  return {
    consumer: consumer.id,
    agreement: capScope(
      agreement,
      (deps.lineage ?? deps.agreements).map((known) => known.agreement),
    ),
    official: question.official.pseudonym,
    caseHandle: caseHandle(deps.handleKey, consumer.id, question.case.reference),
    subjectHandle: deps.subjects.handleOf(question.subject),
    bounds: questionBounds(question, agreement, deps.handleKey),
    locating: compared.some((element) => comparesLocating(element)),
    emergency: agreement.kind === 'emergency',
  }
}

/** The provider's trace: names and digests that the caps count on, and the case source's word. */
function traceOf(
  { subject, elements }: PersonQuestion,
  axes: CapAxes,
  caseToken: QuestionFacts['caseToken'],
  { organisation, handleKey }: ProviderDeps,
): TraceFacts {
  const claims = caseToken.state === 'valid' ? caseToken.claims : undefined
  return {
    side: 'provider',
    consumer: axes.consumer,
    provider: organisation,
    agreement: axes.agreement,
    official: axes.official,
    subject: axes.subjectHandle,
    caseHandle: axes.caseHandle,
    elements,
    bounds: axes.bounds,
    near: neighbourDigests(handleKey, subject),
    kin: claims?.kin ?? null,
    idle: claims?.idle ?? null,
  }
}

/** What is remembered of a consent longer than it is good by any clock of an organisation. */
const spentGraceMs = 3_600_000

function spendable(
  { consent = '' }: PersonQuestion,
  read: QuestionFacts['consent'],
): QuestionIntent['consent'] {
  if (read.state !== 'valid') return undefined
  const digest = encodeBase64(consentDigest(consent))
  return { digest, expiresAtMs: read.claims.exp * 1000 + spentGraceMs }
}

/** In an emergency there is no case, so no token counts. */
async function readCase(
  question: PersonQuestion,
  agreement: AboutPersons,
  deps: ProviderDeps,
): Promise<QuestionFacts['caseToken']> {
  if (agreement.kind === 'emergency') return { state: 'missing' }
  const { name, publicKey } = agreement.caseRule.issuer
  const issuer = { name, publicKey: decodeBase64(publicKey) }
  return deps.readCaseToken(question.case.token, issuer, deps.clock.now())
}

function confirmationOf(
  { confirmation }: PersonQuestion,
  { officials }: KnownConsumer,
): QuestionFacts['confirmation'] {
  if (confirmation === undefined) return 'none'
  return officials.has(confirmation.pseudonym) ? 'enrolled' : 'unknown'
}

/** Verifies token and receipt and computes the handles: everything that needs no counter. */
export async function establishFacts(
  question: PersonQuestion,
  asked: {
    readonly consumer: KnownConsumer
    readonly agreement: AboutPersons
    readonly known: KnownAgreement
    readonly clock: QuestionFacts['clock']
  },
  deps: ProviderDeps,
): Promise<EstablishedQuestion> {
  const { consumer, agreement, known, clock } = asked
  const digest = questionDigest(question)
  const receipt = readAskedReceipt(question, {
    consumer: consumer.id,
    provider: deps.organisation,
    questionDigest: digest,
    policy: consumer.receiptPolicy,
    ed25519: deps.ed25519,
  })
  const caseToken = await readCase(question, agreement, deps)
  const consent = await readConsent(question, asked, deps)
  const axes = capAxes(question, asked, deps)
  return {
    question,
    consumer: consumer.id,
    digest: encodeBase64(digest),
    consent: spendable(question, consent),
    askedCommitment: receipt.commitment,
    consumerHead: receipt.head,
    withheldHandle: withheldHandle(question, agreement, deps),
    axes,
    trace: traceOf(question, axes, caseToken, deps),
    bystander: isBystander(caseToken, question),
    facts: {
      clock,
      describedCategories: describedCategories(agreement, deps.registers),
      populationSize: populationSize(agreement, deps.registers),
      consent,
      caseToken,
      official: consumer.officials.has(question.official.pseudonym) ? 'enrolled' : 'unknown',
      askedReceipt: receipt.state,
      subjectIdentifier: readSubjectIdentifier(question.subject.scheme, question.subject.value),
      registerScheme: registerScheme(agreement, deps.registers),
      confirmation: confirmationOf(question, consumer),
      countersigned: known.countersigned && (deps.isCountersigned?.(agreement) ?? true),
    },
  }
}
