/** What a person may ask of an organisation about their own data; each is also the kind of its first entry. */
export const requestKinds = ['objection', 'correction', 'access', 'question'] as const

/** One of {@link requestKinds}. */
export type RequestKind = (typeof requestKinds)[number]

/** How far a request is. */
export type RequestState = 'received' | 'extended' | RequestOutcome

/** What the data protection officer decided. */
export type RequestOutcome = 'granted' | 'refused'

/** A step of a request, each an entry. */
export type RequestStep = 'filed' | 'opened' | 'extended' | 'decided'

/** The kinds of the entries of later steps, and of a correction's way. */
export const requestEntryKinds = {
  opened: 'request.opened',
  extended: 'request.extended',
  decided: 'request.decided',
  /** At the provider: a recipient has it. */
  told: 'correction.told',
  /** At the recipient. */
  received: 'correction.received',
} as const

/** The right that a request is made under (regulation (EU) 2016/679). */
export const requestLaws: Readonly<Record<RequestKind, string>> = {
  objection: 'eu-gdpr:A21',
  correction: 'eu-gdpr:A16',
  access: 'eu-gdpr:A15',
  question: 'eu-gdpr:A12',
}

const always = ['eu-gdpr:A12-5', 'eu-gdpr:A11-2', 'eu-gdpr:A23'] as const

/** The laws by which a request of each kind may be refused, and no other (`spec/person-request.md`). */
export const refusalLaws: Readonly<Record<RequestKind, readonly string[]>> = {
  objection: [...always, 'eu-gdpr:A21-1'],
  correction: [...always, 'eu-gdpr:A16'],
  access: [...always, 'eu-gdpr:A15-4'],
  question: always,
}

/** Most requests of one person at one organisation within {@link requestWindowMs}. */
export const mostRequests = 10

/** 30 days. */
export const requestWindowMs: number = 30 * 86_400_000

/** Most characters of a person's text, of a reason and of an answer. */
export const longestRequestText = 2_000
