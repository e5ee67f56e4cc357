import type { CorrectionNoticeRow, CorrectionRow } from '../requests/index.ts'

/** A step of a correction's way between two organisations. */
export type CorrectionIntent =
  /** At the recipient: a message whose signature is good. */
  | ({ readonly type: 'correction'; readonly act: 'receive' } & Pick<
      CorrectionRow,
      'provider' | 'exchangeId' | 'digest' | 'elements' | 'correctedAtMs'
    >)
  /** At the provider: the receipt of one notice, or that its receiver knows the exchange no more. */
  | {
      readonly type: 'correction'
      readonly act: 'settle'
      readonly notice: Pick<CorrectionNoticeRow, 'number' | 'consumer' | 'exchangeId'>
      /** Canonical bytes of the message that was sent. */
      readonly message: Uint8Array
      /** Canonical bytes; `undefined` where the exchange is unknown there. */
      readonly receipt: Uint8Array | undefined
    }

/** The step is durable. */
export type CorrectionCommitted =
  | { readonly type: 'correction'; readonly act: 'receive'; readonly state: 'unknown' }
  | {
      readonly type: 'correction'
      readonly act: 'receive'
      readonly state: 'received'
      readonly row: Pick<CorrectionRow, 'place' | 'commitment' | 'digest'>
    }
  | { readonly type: 'correction'; readonly act: 'settle' }
