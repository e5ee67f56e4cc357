import { encodeBase64 } from '../../bytes/index.ts'
import { officialPseudonym, type UnchainedRecord } from '../../person/index.ts'
import type { Randomness } from '../../ports/index.ts'
import {
  caseDigest,
  makeExchangeId,
  type QuestionCore,
  questionDigest,
  resultDigest,
  type SubjectReference,
} from '../../protocol/index.ts'
import type { AgreedTerms } from './agreed-terms.ts'
import type { PlannedExchange } from './fill-plan.ts'

/** What of an exchange stands in the logs of both sides, ready to be committed in turns. */
export interface MadeExchange {
  readonly subject: SubjectReference
  readonly provider: PlannedExchange['provider']
  /** The asking side's entry before the question leaves. */
  readonly asked: UnchainedRecord
  /** The provider's entry, which cites the one before. */
  answered(askedCommitment: string): UnchainedRecord
  /** The asking side's entry about the outcome, which cites the provider's. */
  received(answeredCommitment: string): UnchainedRecord
  /** The provider's second secret, 32 bytes. */
  readonly s: Uint8Array
  /** The asking side's second secret, 32 bytes. */
  readonly askedS: Uint8Array
}

/** What making exchanges takes. */
export interface MakingDeps {
  readonly terms: ReadonlyMap<string, AgreedTerms>
  readonly pseudonymKey: Uint8Array
  readonly randomness: Randomness
  readonly nowMs: number
}

type Shared = Omit<
  UnchainedRecord,
  'kind' | 'outcome' | 'code' | 'cap' | 'case' | 'resultDigest' | 'peer'
>

function questionOf(planned: PlannedExchange, deps: MakingDeps): QuestionCore {
  const agreed = deps.terms.get(planned.agreement)
  if (agreed === undefined) throw new TypeError('the demo has every agreement of the plan')
  return {
    v: 1,
    exchangeId: makeExchangeId(deps.randomness.bytes(16)),
    agreement: planned.agreement,
    version: agreed.version,
    purpose: agreed.purpose,
    legalBasis: agreed.legalBasis,
    elements: [planned.element],
    subject: planned.subject,
    case: { reference: planned.caseReference, token: '' },
    official: {
      pseudonym: officialPseudonym(deps.pseudonymKey, planned.provider, planned.official),
      authTimeMs: deps.nowMs,
    },
    createdAtMs: deps.nowMs,
  }
}

function sharedOf(core: QuestionCore, { provider }: PlannedExchange, digest: string): Shared {
  return {
    exchangeId: core.exchangeId,
    consumer: 'housing',
    provider,
    agreement: { id: core.agreement, version: core.version, digest },
    purpose: core.purpose,
    legalBasis: core.legalBasis,
    elements: core.elements,
    official: core.official.pseudonym,
    consent: null,
    notice: 'immediate',
    noticeUntilMs: null,
    questionDigest: encodeBase64(questionDigest(core)),
  }
}

/**
 * The three records of a made-up exchange, as gateways write them: digests of a question, of a result and of a
 * case that nobody asked, gave or kept.
 */
export function makeExchange(planned: PlannedExchange, deps: MakingDeps): MadeExchange {
  const core = questionOf(planned, deps)
  const shared = sharedOf(core, planned, deps.terms.get(planned.agreement)?.digest ?? '')
  const [s, askedS] = [deps.randomness.bytes(32), deps.randomness.bytes(32)]
  const { code, cap, element, value } = planned
  const isDenied = code !== null
  const digest = isDenied ? null : encodeBase64(resultDigest(s, [{ element, value }]))
  const outcome = {
    outcome: isDenied ? 'deny' : 'permit',
    code,
    cap,
    resultDigest: digest,
  } as const
  const caseOf = (salt: Uint8Array): string => encodeBase64(caseDigest(salt, planned.caseReference))
  return {
    subject: planned.subject,
    provider: planned.provider,
    s,
    askedS,
    asked: {
      ...shared,
      kind: 'person.asked',
      outcome: null,
      code: null,
      cap: null,
      case: caseOf(askedS),
      resultDigest: null,
      peer: null,
    },
    answered: (peer) => ({
      ...shared,
      ...outcome,
      kind: isDenied ? 'person.denied' : 'person.answered',
      case: caseOf(s),
      peer,
    }),
    received: (peer) => ({ ...shared, ...outcome, kind: 'person.received', case: null, peer }),
  }
}
