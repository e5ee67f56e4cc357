/** What is counted in each cell. */
export type StatisticsMeasure =
  | 'count'
  | { readonly sum: string }
  | { readonly mean: string }
  | { readonly variance: string }
  /** An element, and shares such as 0.5 for the median. */
  | { readonly quantiles: readonly [element: string, shares: readonly (number | string)[]] }

/** A table that is wanted. It names no person, and cannot. */
export interface StatisticsQuery {
  readonly register?: string
  /** Only people with one of these keys of each element. */
  readonly where?: Readonly<Record<string, readonly (boolean | number | string)[]>>
  /** The table's dimensions, slowest first. */
  readonly by?: readonly string[]
  readonly measure: StatisticsMeasure
  /** A decimal; as text it is read digit by digit. */
  readonly epsilon: number | string
  /** A power of ten, `1e-6` to `1e-15`; none without it. */
  readonly delta?: string
}

/** A question about a population. */
export interface StatisticsRequest {
  readonly agreement: string
  /** Who asks; an access token says it itself. */
  readonly analyst?: string
  readonly query: StatisticsQuery
}

/** A release: the noisy table, what its numbers are, and its certificate. `docs/reference/release-files.md`. */
export interface StatisticsRelease {
  readonly v: 1
  readonly provider: string
  readonly register: string
  readonly population: string
  readonly snapshot: string
  readonly cells: readonly {
    readonly key: readonly (boolean | number | string)[]
    /** Whole numbers as drawn, below zero as well. */
    readonly numbers: readonly number[]
  }[]
  readonly numbers: readonly {
    readonly name: string
    /** The number without noise lies within ± this, at the level. */
    readonly halfWidth: number
    readonly levelPpm: number
    readonly sensitivity: number
  }[]
  readonly certificate: {
    readonly microEpsilon: number
    readonly deltaExponent: number | null
    /** Millionths of epsilon that the year had spent before and after. */
    readonly budget: { readonly before: number; readonly after: number }
  }
}

/** An outcome, with what proves it: the provider's signature and the entry in its log. */
export interface StatisticsProof {
  readonly exchangeId: string
  readonly leaf: string
  readonly opening: { readonly r: string; readonly s: string; readonly record: string }
  /** C2SP tlog-proof text. */
  readonly inclusion: string
}

/** What came of a question about a population. */
export type StatisticsOutcome = StatisticsProof &
  (
    | {
        readonly state: 'released'
        readonly release: StatisticsRelease
        readonly signature: { readonly keyId: string; readonly value: string }
      }
    | {
        readonly state: 'refused'
        readonly code: string
        /** Where in the query; empty for the whole. */
        readonly path: string
        readonly message: string
        readonly spent: { readonly account: string; readonly left: number } | null
      }
  )

/** Reserved and charged; the release leaves at `releaseAtMs`. */
export interface StatisticsPending {
  readonly state: 'pending'
  readonly exchangeId: string
  readonly nowMs: number
  readonly releaseAtMs: number
}

/** What a question would cost and give, and what is left. */
export interface StatisticsPreview {
  readonly preview: {
    readonly cells: number
    readonly numbers: readonly {
      readonly name: string
      readonly halfWidth: number
      readonly levelPpm: number
    }[]
    readonly microEpsilon: number
    /** Already released over this snapshot: it costs nothing. */
    readonly held: boolean
  } | null
  readonly refusal: {
    readonly code: string
    readonly path: string
    readonly message: string
  } | null
  readonly budget: {
    readonly population: string
    readonly accounts: readonly {
      readonly account: string
      readonly most: number
      readonly spent: number
    }[]
  }
}
