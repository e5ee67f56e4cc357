import type { Ed25519 } from '../../crypto/index.ts'
import {
  formatVerifierKey,
  type NoteSigner,
  SIGNATURE_TYPES,
  type WritableRecordKeys,
} from '../../log/index.ts'
import {
  parsePolicy,
  parseVerifierKey,
  type Policy,
  type VerifierKey,
} from '../../log/verify/index.ts'
import {
  type KnownConsumer,
  type KnownProvider,
  officialPseudonym,
  type SubjectHandles,
  subjectHandles,
} from '../../person/index.ts'
import { sodiumEdwards } from '../../platform/index.ts'
import { memoryRecordKeys } from '../memory-record-keys.ts'
import { gatewayKeyId, parseOrganisationId, type SignatureKey } from '../../protocol/index.ts'

/** The two organisations of a simulation: `housing` asks, `tax` holds the register. */
export type SimOrganisationId = 'housing' | 'tax'

/** Secrets and public names of a simulated organisation; the same in every simulation. */
export interface SimOrganisation {
  readonly id: SimOrganisationId
  readonly host: string
  readonly origin: string
  readonly key: SignatureKey
  readonly gatewayPublicKey: Uint8Array
  readonly logSigner: NoteSigner
  readonly logKey: VerifierKey
  readonly dpoSeed: Uint8Array
  readonly recordKeys: WritableRecordKeys
  readonly handleKey: Uint8Array
  readonly subjects: SubjectHandles
  readonly pseudonymKey: Uint8Array
}

/** Host, name and secret of the simulation's witness. */
export const simWitness: {
  readonly host: string
  readonly name: string
  readonly seed: Uint8Array
} = { host: 'witness.localhost', name: 'witness.localhost/w1', seed: new Uint8Array(32).fill(60) }

/** The case source: its name in agreements, and its secret. */
export const simCases: { readonly issuer: string; readonly seed: Uint8Array } = {
  issuer: 'cases.housing',
  seed: new Uint8Array(32).fill(61),
}

/** The consumer's officials; the last one is enrolled nowhere. */
export const simOfficials: readonly string[] = ['amira', 'bernd', 'carla', 'nobody']

const day = 86_400_000
/** When a simulation begins: 2026-07-01, UTC. */
export const simStartMs: number = 20_635 * day

/** One of the two organisations. */
export function simOrganisation(id: SimOrganisationId, ed25519: Ed25519): SimOrganisation {
  const fill = id === 'housing' ? 10 : 20
  const secret = (place: number): Uint8Array => new Uint8Array(32).fill(fill + place)
  const origin = `${id}.localhost/log/2026h2`
  const gatewayPublicKey = ed25519.publicKey(secret(0))
  const logVkey = formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(secret(1)))
  return {
    id,
    host: `${id}.localhost`,
    origin,
    key: { keyId: gatewayKeyId(parseOrganisationId(id), gatewayPublicKey), seed: secret(0) },
    gatewayPublicKey,
    logSigner: { name: origin, type: SIGNATURE_TYPES.ed25519, seed: secret(1) },
    logKey: parseVerifierKey(logVkey),
    dpoSeed: secret(2),
    recordKeys: memoryRecordKeys(secret(3)),
    handleKey: secret(4),
    subjects: subjectHandles(secret(4), sodiumEdwards()),
    pseudonymKey: secret(5),
  }
}

function receiptPolicy({ logKey }: SimOrganisation): Policy {
  return { logs: [{ key: logKey }], witnesses: [], quorum: { kind: 'none' } }
}

/** The policy of witnesses that both organisations have: the one witness. */
export function witnessPolicy(ed25519: Ed25519): Policy {
  const { name, seed, host } = simWitness
  const vkey = formatVerifierKey(name, SIGNATURE_TYPES.cosignature, ed25519.publicKey(seed))
  return parsePolicy(`witness w1 ${vkey} https://${host}\nquorum w1\n`)
}

function gatewayKeys(one: SimOrganisation): ReadonlyMap<string, Uint8Array> {
  return new Map([[one.key.keyId, one.gatewayPublicKey]])
}

/** `peer` in its role of asking `provider`. */
export function consumerOf(peer: SimOrganisation, provider: SimOrganisation): KnownConsumer {
  const enrolled = simOfficials.slice(0, -1)
  const pseudonyms = enrolled.map((name) => officialPseudonym(peer.pseudonymKey, provider.id, name))
  return {
    id: peer.id,
    gatewayKeys: gatewayKeys(peer),
    receiptPolicy: receiptPolicy(peer),
    officials: new Set(pseudonyms),
  }
}

/** `peer` in its role of answering. */
export function providerOf(peer: SimOrganisation, policy: Policy): KnownProvider {
  return {
    id: peer.id,
    url: `https://${peer.host}`,
    authority: peer.host,
    gatewayKeys: gatewayKeys(peer),
    origins: [peer.origin],
    receiptPolicy: receiptPolicy(peer),
    quorumPolicy: { ...policy, logs: [{ key: peer.logKey }] },
  }
}
