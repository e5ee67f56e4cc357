import type { PersonIdentifier } from '../demo-backend.ts'

/** How old the log-in may be when a person decides. */
export const consentLogInMs: number = 5 * 60_000

/** One request for consent as the person sees it. */
export interface ShownConsent {
  /** Opaque; the only part that stands in an address. */
  readonly exchangeId: string
  /** Organisation ids of who asks and who would answer. */
  readonly consumer: string
  readonly provider: string
  /** IRI of the closed vocabulary. */
  readonly purpose: string
  readonly legalBasis: readonly string[]
  /** As both organisations have signed it, in the agreement's language. */
  readonly justification: string
  readonly agreement: { readonly id: string; readonly version: number }
  readonly facts: readonly { readonly name: string; readonly isYesOrNo: boolean }[]
  readonly retentionDays: number
  readonly askedAtMs: number
  readonly state: 'waiting' | 'given' | 'declined' | 'expired'
}

/** What the pages of an issuer of consent ask of the issuer. Everything is about the one person who signed in. */
export interface ConsentDesk {
  /** What waits for this person's decision, newest first. */
  waiting(person: PersonIdentifier): readonly ShownConsent[]
  /** `undefined` when there is no such request, or it is about somebody else. */
  find(exchangeId: string, person: PersonIdentifier): ShownConsent | undefined
  /** Resolves once the decision is on disk. `gone`: not there to be decided, or decided already. */
  decide(
    exchangeId: string,
    by: { readonly person: PersonIdentifier; readonly authTimeMs: number },
    decision: 'given' | 'declined',
  ): Promise<'done' | 'gone' | 'log-in-too-old'>
}
