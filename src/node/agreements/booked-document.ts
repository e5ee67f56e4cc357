import type { Agreement, AgreementAct } from '../../agreement/index.ts'
import { canonicalBytes } from '../../bytes/index.ts'

/** A document with the two that it concerns. */
export interface BookedDocument {
  /** Base64; with its signatures, so that a further one makes it another. */
  readonly key: string
  /** Base64: of the agreement that it is or acts upon. */
  readonly agreement: string
  readonly parties: readonly string[]
  readonly notAfterMs: number
  readonly bytes: Uint8Array
}

/** An agreement, or an act upon it, as peers are handed it. */
export function booked(
  agreement: Agreement,
  digest: string,
  act: AgreementAct | undefined,
): BookedDocument {
  const document = act === undefined ? agreement : { ...act, agreement: { ...act.agreement } }
  const bytes = canonicalBytes(document)
  return {
    key: `${digest} ${act?.signature ?? agreement.signatures.map(({ signature }) => signature).join(' ')}`,
    agreement: digest,
    parties: [agreement.provider, agreement.consumer],
    notAfterMs: agreement.notAfterMs,
    bytes,
  }
}
