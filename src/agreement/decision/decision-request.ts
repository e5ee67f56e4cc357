import type { SubjectReference, SuppliedValue } from '../../protocol/index.ts'

/**
 * What is to be decided, in the shape of OpenID AuthZEN's evaluation request. Its `subject` is who asks: the
 * official. The person asked about is part of the resource.
 */
export interface DecisionRequest {
  readonly subject: {
    readonly type: 'official'
    /** The official's pairwise pseudonym. */
    readonly id: string
    readonly properties: {
      /** When the official last proved who they are; milliseconds since the epoch. */
      readonly authTimeMs: number
      /** The second official who confirms a question in an emergency. */
      readonly confirmation?: { readonly id: string; readonly authTimeMs: number }
    }
  }
  readonly action: {
    /** The purpose's IRI. */
    readonly name: string
    readonly properties: { readonly legalBasis: string }
  }
  readonly resource: {
    readonly type: 'data-elements'
    /** The agreement. */
    readonly id: string
    readonly properties: {
      readonly version: number
      readonly elements: readonly string[]
      readonly person: SubjectReference
      /** By element name: the values that `equals-supplied` compares with. */
      readonly supplied: Readonly<Record<string, string>>
    }
  }
  readonly context: {
    readonly exchangeId: string
    readonly consumer: string
    readonly provider: string
    /** The case's reference at the consumer. */
    readonly case: string
  }
}

/** The part of a person question that decisions are about. */
export interface AskedQuestion {
  readonly exchangeId: string
  readonly agreement: string
  readonly version: number
  readonly purpose: string
  readonly legalBasis: string
  readonly elements: readonly string[]
  readonly subject: SubjectReference
  readonly case: { readonly reference: string }
  readonly supplied?: readonly SuppliedValue[]
  readonly official: { readonly pseudonym: string; readonly authTimeMs: number }
  readonly confirmation?: { readonly pseudonym: string; readonly authTimeMs: number }
}

/** The decision request of a question between two organisations, as the signature proves them. */
export function decisionRequest(
  question: AskedQuestion,
  between: { readonly consumer: string; readonly provider: string },
): DecisionRequest {
  const { exchangeId, agreement, version, purpose, legalBasis, elements, subject, official } =
    question
  const { scheme, value } = subject
  return {
    subject: {
      type: 'official',
      id: official.pseudonym,
      properties: { authTimeMs: official.authTimeMs, ...confirmationIn(question) },
    },
    action: { name: purpose, properties: { legalBasis } },
    resource: {
      type: 'data-elements',
      id: agreement,
      properties: { version, elements, person: { scheme, value }, supplied: suppliedIn(question) },
    },
    context: {
      exchangeId,
      consumer: between.consumer,
      provider: between.provider,
      case: question.case.reference,
    },
  }
}

function suppliedIn({ supplied = [] }: AskedQuestion): Readonly<Record<string, string>> {
  return Object.fromEntries(supplied.map(({ element, value }) => [element, value]))
}

function confirmationIn({
  confirmation,
}: AskedQuestion): Pick<DecisionRequest['subject']['properties'], 'confirmation'> {
  if (confirmation === undefined) return {}
  const { pseudonym, authTimeMs } = confirmation
  return { confirmation: { id: pseudonym, authTimeMs } }
}
