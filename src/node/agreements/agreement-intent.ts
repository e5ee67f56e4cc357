import {
  actBytes,
  actDigest,
  actKinds,
  type Agreement,
  type AgreementAct,
  agreementBody,
} from '../../agreement/index.ts'
import {
  canonicalBytes,
  isJsonObject,
  type JsonObject,
  readCanonicalJson,
} from '../../bytes/index.ts'
import type { GovernanceIntent } from '../../person/index.ts'

/** The entry of an agreement that one side has signed: an offer, by whoever has signed it. */
export function offerIntent(
  agreement: Agreement,
  { digest, by }: { readonly digest: string; readonly by: string },
): GovernanceIntent {
  const signatures = agreement.signatures.map((signature) => ({ ...signature }))
  return {
    type: 'governance',
    kind: 'agreement.offered',
    name: nameOf(agreement),
    digest,
    body: { agreement: objectOf(agreementBody(agreement)), signatures },
    agreement: { digest, event: 'agreement.offered', by },
    document: { kind: 'agreement', digest, agreement: digest, bytes: canonicalBytes(agreement) },
  }
}

/** The entry of an officer's act; from it on the act counts. */
export function actIntent(act: AgreementAct): GovernanceIntent {
  const bytes = actBytes(act)
  const { digest } = act.agreement
  const event = actKinds[act.act]
  return {
    type: 'governance',
    kind: event,
    name: nameOf(act.agreement),
    digest,
    body: { act: objectOf(bytes) },
    agreement: { digest, event, by: act.organisation },
    document: { kind: 'act', digest: actDigest(act), agreement: digest, bytes },
  }
}

function nameOf({ id, version }: { readonly id: string; readonly version: number }): string {
  return `${id} v${version}`
}

function objectOf(bytes: Uint8Array): JsonObject {
  const json = readCanonicalJson(bytes)
  if (isJsonObject(json)) return json
  throw new TypeError('a signed document is an object')
}
