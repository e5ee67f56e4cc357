import type { OrganisationId } from '../protocol/index.ts'
import type { Caps, EmergencyCaps } from './caps.ts'
import type { DataElement } from './data-element.ts'
import type { LegalBasis } from './legal-basis.ts'
import type { PurposeIri } from './purpose.ts'

/** A signature under an agreement, by a data protection officer or by the inspector who countersigns. */
export type AgreementSignature = {
  readonly organisation: OrganisationId
  readonly role: 'dpo' | 'inspector'
  readonly keyId: string
  /** Ed25519 over `cloison/agreement/v1\n` and the canonical agreement without signatures; base64. */
  readonly signature: string
}

/** One agreement, by name and by content. */
export type AgreementReference = {
  readonly id: string
  readonly version: number
  /** `agreementDigest`, base64. */
  readonly digest: string
}

/** A condition on the question's own data that the provider checks before it looks anything up. */
export type Precondition =
  | { readonly kind: 'identifier-scheme'; readonly scheme: string }
  | { readonly kind: 'no-placeholder' }
  | { readonly kind: 'recent-authentication'; readonly seconds: number }

/** Whether an answer tells that the register holds nothing about the subject. */
export type Presence =
  { readonly mode: 'hidden'; readonly releaseDelayMs: number } | { readonly mode: 'revealed' }

/** Whether the person hears of a question at once, or at a date that an authority's order sets. */
export type Notice =
  | { readonly kind: 'immediate' }
  | {
      readonly kind: 'withheld'
      /** The law that allows it: an ELI, CELEX or USC reference. */
      readonly law: string
      /** Whose order it is, and the Ed25519 key that signs it (base64, 32 bytes). */
      readonly authority: { readonly name: string; readonly publicKey: string }
      /** From then on the notice is immediate, whatever else happens. */
      readonly untilMs: number
    }

/** The proof of a case. All three conditions are fixed: an agreement states them and cannot drop them. */
export type CaseRule = {
  /** Who signs case tokens: the token's `iss`, and its Ed25519 key (base64, 32 bytes). */
  readonly issuer: { readonly name: string; readonly publicKey: string }
  readonly officialAssigned: true
  readonly subjectIsParty: true
  readonly open: true
}

/** Someone other than the consumer who attests that a person consents to one question. */
export type ConsentIssuer = {
  readonly organisation: OrganisationId
  readonly keyId: string
  /** Ed25519, base64, 32 bytes. */
  readonly publicKey: string
}

/** What every kind of agreement says. */
export type AgreementHead = {
  readonly v: 1
  readonly id: string
  /** Counts up from 1 under one `id`. */
  readonly version: number
  /** The agreement that this one renews or replaces. */
  readonly supersedes: AgreementReference | null
  readonly provider: OrganisationId
  readonly consumer: OrganisationId
  readonly purpose: PurposeIri
  readonly legalBasis: readonly LegalBasis[]
  /** ELI, CELEX or USC references of the law that allows it. */
  readonly legalReference: readonly string[]
  readonly justification: string
  readonly expectedResults: string
  readonly dataElements: readonly DataElement[]
  /** About how many people it concerns. */
  readonly approximateNumber: number
  readonly retention: {
    readonly days: number
    readonly disposal: 'delete' | 'anonymise' | 'return'
  }
  readonly noRedisclosure: true
  readonly verificationProcedure: string
  readonly dpiaReference: string
  readonly notBeforeMs: number
  /** At most 18 calendar months after `notBeforeMs`; exclusive. */
  readonly notAfterMs: number
  readonly signatures: readonly AgreementSignature[]
}

/** What agreements on questions about one person say on top. */
type PersonTerms = AgreementHead & {
  readonly preconditions: readonly Precondition[]
  readonly presence: Presence
  readonly consentIssuers: readonly ConsentIssuer[]
  /** How long the person has to contest before the answer may count against them. */
  readonly contest: { readonly days: number }
}

/** An agreement on questions about one identified person, in one open case. */
export type PersonAgreement = PersonTerms & {
  readonly kind: 'person'
  readonly caps: Caps
  readonly caseRule: CaseRule
  readonly notice: Notice
}

/** An agreement on questions in an emergency: no case, a second official, few of them. */
export type EmergencyAgreement = PersonTerms & {
  readonly kind: 'emergency'
  readonly caps: EmergencyCaps
  readonly notice: { readonly kind: 'immediate' }
}

/** What agreements on tables say on top. */
type TableTerms = AgreementHead & {
  readonly privacyBudget: {
    /** Millionths of epsilon that one question may spend. */
    readonly perQuestionMicroEpsilon: number
    /** Millionths of epsilon that all questions of a year may spend. */
    readonly perYearMicroEpsilon: number
    /** delta is 10 to the power of minus this; `null` for pure epsilon. */
    readonly deltaExponent: number | null
  }
}

/** An agreement on tables over one register. */
export type PopulationAgreement = TableTerms & { readonly kind: 'population' }

/** An agreement of one holder on tables over the join of its register with another's: `spec/join-exchange.md`. */
export type JoinAgreement = TableTerms & {
  readonly kind: 'join'
  readonly join: {
    /** The holder of the other register. */
    readonly with: OrganisationId
    /** The scheme of identifiers that both registers have. */
    readonly keyspace: string
    /** The organisation that may audit: no holder, and not the one that asks. */
    readonly inspector: OrganisationId
  }
}

/** An agreement on tables, over one register or two. */
export type TableAgreement = PopulationAgreement | JoinAgreement

/** What two organisations have signed that one may ask the other. Public, and free of personal data. */
export type Agreement = PersonAgreement | EmergencyAgreement | TableAgreement
