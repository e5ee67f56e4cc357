/** What an agreement may be for. There is no other kind of document. */
export type AgreementKind = 'person' | 'population' | 'join' | 'emergency'

/** The IRI of a purpose of the vocabulary. */
export type PurposeIri =
  | 'https://cloison.eu/purpose/service'
  | 'https://cloison.eu/purpose/requested-check'
  | 'https://cloison.eu/purpose/care'
  | 'https://cloison.eu/purpose/schooling'
  | 'https://cloison.eu/purpose/official-statistics'
  | 'https://cloison.eu/purpose/benefit-control'

/** One purpose of the closed vocabulary. */
export interface Purpose {
  /** What the wire, the log and agreements carry. */
  readonly iri: PurposeIri
  /** The nearest term of the W3C Data Privacy Vocabulary 2 or one of its sector extensions. */
  readonly dpv: string
  /** What a person reads on the page about who asked about them. */
  readonly sentence: string
  /** The kinds of agreement that may have this purpose. */
  readonly kinds: readonly AgreementKind[]
}

/**
 * Every purpose there is. An agreement with another purpose does not parse, and no configuration adds one.
 */
export const purposes: readonly Purpose[] = [
  {
    iri: 'https://cloison.eu/purpose/service',
    dpv: 'https://w3id.org/dpv/sector/publicservices#PublicServiceEligibilityAssessment',
    sentence: 'To decide on, or to keep up, a service that you applied for or receive.',
    kinds: ['person'],
  },
  {
    iri: 'https://cloison.eu/purpose/requested-check',
    dpv: 'https://w3id.org/dpv#RequestedServiceProvision',
    sentence: 'To make a check that you asked for yourself.',
    kinds: ['person'],
  },
  {
    iri: 'https://cloison.eu/purpose/care',
    dpv: 'https://w3id.org/dpv/sector/health#ServiceProvision',
    sentence: 'To care for your health or to support you.',
    kinds: ['person', 'emergency'],
  },
  {
    iri: 'https://cloison.eu/purpose/schooling',
    dpv: 'https://w3id.org/dpv/sector/education#ServiceProvision',
    sentence: 'To give you, or your child, a place or support at school.',
    kinds: ['person'],
  },
  {
    iri: 'https://cloison.eu/purpose/official-statistics',
    dpv: 'https://w3id.org/dpv#ProvideOfficialStatistics',
    sentence: 'To count for official statistics, in which nobody can be recognised.',
    kinds: ['population', 'join'],
  },
  {
    iri: 'https://cloison.eu/purpose/benefit-control',
    dpv: 'https://w3id.org/dpv/sector/publicservices#SocialWelfareDistributionManagement',
    sentence:
      'To check a benefit that you receive; you have time to contest before anything changes.',
    kinds: ['person'],
  },
]

/** The purpose of that IRI, or `undefined` when the vocabulary has none. */
export function purposeOf(iri: string): Purpose | undefined {
  return purposes.find((purpose) => purpose.iri === iri)
}
