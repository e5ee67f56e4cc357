/** One side of a question over two registers. */
export interface JoinSideQuery {
  readonly agreement: string
  readonly register?: string
  /** Only people with one of these keys of each element. */
  readonly where?: Readonly<Record<string, readonly (boolean | number | string)[]>>
  /** This side's dimensions of the table, slowest first. */
  readonly by?: readonly string[]
}

/** A table over two registers that is wanted. It names no person, and cannot. */
export interface JoinQuery {
  readonly left: JoinSideQuery
  readonly right: JoinSideQuery
  /** An element is named with its side: `right.rent`. */
  readonly measure:
    | 'count'
    | { readonly sum: string; readonly levels?: number }
    | { readonly mean: string; readonly levels?: number }
    | { readonly quantiles: readonly [element: string, shares: readonly (number | string)[]] }
  /** A decimal; as text it is read digit by digit. */
  readonly epsilon: number | string
  /** A power of ten, `1e-6` to `1e-12`. */
  readonly delta: string
}

/** A question over two registers. */
export interface JoinRequest {
  /** Who asks; an access token says it itself. */
  readonly analyst?: string
  readonly question: JoinQuery
}

/** A table over two registers, what its numbers are, and its certificate. */
export interface JoinClientRelease {
  readonly v: 1
  /** Log time of the asking gateway. */
  readonly asOfMs: number
  readonly cells: readonly {
    readonly key: readonly (boolean | number | string)[]
    /** Whole numbers as drawn, below zero as well. */
    readonly numbers: readonly number[]
  }[]
  readonly numbers: readonly {
    /** `people`, `units`, or `bucket 0`, … */
    readonly name: string
    readonly halfWidth: number
    readonly levelPpm: number
    readonly sensitivity: number
  }[]
  readonly certificate: {
    readonly planHash: string
    /** What each holder was charged. */
    readonly microEpsilon: number
    readonly deltaUnits: number
    readonly holders: readonly [left: string, right: string]
    readonly tally: string
    readonly inspector: string
    /** A holder and the tally together are not prevented from seeing whom both registers have of the holder's people. */
    readonly collusion: 'holder-with-tally'
    readonly notCovered: readonly string[]
  }
}

/** Who has agreed to the plan of a table, as the gateway knows their keys, and whether the table is the one that was sent. */
export interface JoinClientProof {
  readonly signers: readonly {
    readonly party: 'left' | 'right' | 'tally'
    readonly organisation: string
    readonly keyId: string
    readonly state: 'holds' | 'invalid' | 'unknown' | 'revoked'
  }[]
  /** SHA-256 of the message with the table, base64. Nobody signs the numbers. */
  readonly table: { readonly digest: string; readonly state: 'sent' | 'changed' | 'untold' }
  /** With `JOIN_SIGNATURE_INVALID` or `JOIN_TABLE_CHANGED` the table is not to be relied on. */
  readonly codes: readonly string[]
}

/** How far a question over two registers is, or what came of it. */
export type JoinOutcome = {
  /** The number of the run, 32 hex digits. */
  readonly qid: string
  readonly begunMs: number
} & (
  | {
      readonly state: 'running'
      readonly progress: {
        readonly legs: readonly {
          readonly kind: string
          readonly side: 'left' | 'right' | null
          readonly atMs: number
        }[]
        readonly done: number
        readonly total: number
        readonly remainingMs: number | null
      }
    }
  | {
      readonly state: 'released'
      readonly release: JoinClientRelease
      readonly proof: JoinClientProof
    }
  | {
      readonly state: 'stopped'
      readonly code: string
      /** Who stopped it, whom they blame, and SHA-256 of the messages that show it; `null` where its time alone ended it. */
      readonly stop: {
        readonly by: string
        readonly blames: string | null
        readonly digests: readonly string[]
      } | null
    }
)

/** A question that is not begun, by whom and why. Nothing is spent. */
export interface JoinRefused {
  readonly state: 'refused'
  readonly by: string
  readonly code: string
  readonly path: string
  readonly message: string
}

/** What a question over two registers would cost and give. */
export interface JoinClientPreview {
  readonly parties: { readonly mustAgree: readonly string[]; readonly inspector: string }
  readonly preview: {
    readonly cells: number
    readonly numbers: readonly {
      readonly name: string
      readonly halfWidth: number
      readonly levelPpm: number
    }[]
    /** What each holder is charged. */
    readonly cost: { readonly microEpsilon: number; readonly deltaUnits: number }
    readonly points: { readonly left: number; readonly right: number }
    readonly bytes: number
    readonly multiplications: number
  } | null
  /** The run that has this answer already: it costs nothing. */
  readonly held: string | null
  readonly refusal: {
    readonly code: string
    readonly path: string
    readonly message: string
  } | null
}
