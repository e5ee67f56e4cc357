// Made by tools/client-types.ts out of the OpenAPI document; a test compares the two.

/** One question about one person. Personal data. */
export type AskRequest = {
  readonly agreement: string
  readonly elements: readonly string[]
  readonly subject: {
    readonly scheme: string
    readonly value: string
  }
  readonly case: string
  readonly official?: {
    readonly id: string
    readonly authTimeMs: number
  }
  readonly exchangeId?: string
  readonly consent?: string
  readonly supplied?: readonly {
    readonly element: string
    readonly value: string
  }[]
  readonly confirmation?: {
    readonly id: string
    readonly authTimeMs: number
  }
}

/** What came of a question, with its proof. Holds values: personal data. */
export type AskOutcome = {
  readonly exchangeId: string
  readonly outcome: 'permit' | 'deny'
  readonly code?: string
  readonly cap?: string
  readonly results: readonly {
    readonly element: string
    readonly value: boolean | number | string | null
  }[]
  readonly obligations: {
    readonly retentionDays: number
    readonly disposal: 'delete' | 'anonymise' | 'return'
    readonly contestUntilMs: number
    readonly noRedisclosure: true
  } | null
  readonly receipt: {
    readonly origin: string
    readonly index: number
    readonly leaf: string
    readonly opening: {
      readonly r: string
      readonly s: string
      readonly record: string
    }
    readonly inclusion: string
  } | null
  readonly entries: {
    readonly asked: number | null
    readonly received: number | null
  }
  readonly provisional: boolean
  readonly witnessedAtMs?: number
}

/** A question that the person’s consent is wanted for. Personal data. */
export type ConsentWish = {
  readonly agreement: string
  readonly elements: readonly string[]
  readonly subject: {
    readonly scheme: string
    readonly value: string
  }
  readonly case: string
  readonly official?: {
    readonly id: string
    readonly authTimeMs: number
  }
  readonly exchangeId?: string
}

/** How far the person’s consent is; holds the token when it is given. */
export type ConsentStanding = {
  readonly exchangeId: string
  readonly state: 'waiting' | 'given' | 'declined' | 'expired'
  readonly page: string
  readonly consent: string | null
}

/** Why a request was refused (RFC 9457). Read `code`, which is stable. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
}
