/** What an attacking process is told: whom to ask, with which key, and the bodies, which are in the consumer's log. */
export interface AttackerOrder {
  readonly authority: string
  /** Base64, 32 bytes: the gateway key. */
  readonly gatewaySeed: string
  readonly keyId: string
  readonly connections: number
  readonly bodies: readonly Uint8Array[]
}

/** What it got. */
export interface AttackerReport {
  readonly pid: number
  readonly answered: number
  /** Refusals by their code, `CAP_EXCEEDED` with the cap after a space. */
  readonly refused: Readonly<Record<string, number>>
}

/** What an attacking process says to the one that started it. */
export type AttackerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'report'; readonly report: AttackerReport }
  | { readonly type: 'failed'; readonly reason: string }
