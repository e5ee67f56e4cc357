import { readFileSync } from 'node:fs'
import { agreementDigest, parseAgreement, type PersonAgreement } from '../../agreement/index.ts'
import { decodeBase64, encodeBase64 } from '../../bytes/index.ts'
import { parseVerifierKey, type Policy } from '../../log/verify/index.ts'
import type { KnownAgreement, KnownProvider } from '../../person/index.ts'
import type { BenchTrust } from '../fixture/bench-trust.ts'

/** The agreement that the benchmark asks under, as its file holds it. */
export function readBenchAgreement({ agreementFile }: BenchTrust): {
  readonly known: KnownAgreement
  readonly agreement: PersonAgreement
} {
  const agreement = parseAgreement(new Uint8Array(readFileSync(agreementFile)))
  if (agreement.kind !== 'person') throw new TypeError('the agreement is about persons')
  const digest = encodeBase64(agreementDigest(agreement))
  return { known: { agreement, digest, countersigned: false }, agreement }
}

/** The provider under test, as its consumer knows it: gateway key and log, no witnesses. */
export function benchProvider({ provider }: BenchTrust): KnownProvider {
  const key = parseVerifierKey(provider.logVerifierKey)
  const policy: Policy = { logs: [{ key }], witnesses: [], quorum: { kind: 'none' } }
  return {
    id: provider.id,
    url: `http://${provider.authority}`,
    authority: provider.authority,
    gatewayKeys: new Map([[provider.gatewayKeyId, decodeBase64(provider.gatewayPublicKey)]]),
    origins: [key.name],
    receiptPolicy: policy,
    quorumPolicy: policy,
  }
}
