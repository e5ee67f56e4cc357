import { decodeBase64, decodeUtf8, readCanonicalJson, utf8 } from '../../bytes/index.ts'
import {
  openEntry,
  parseTlogProof,
  parseVerifierKey,
  type Policy,
  verifyReceipt,
} from '../../log/verify/index.ts'
import type { FoundedOrganisation } from '../../node/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { RedteamError } from '../redteam-error.ts'
import type { WireReply } from './wire.ts'

/** An entry of the provider's log whose proof was checked. */
export interface ProvenEntry {
  /** The organisation whose log it is in. */
  readonly log: string
  readonly index: number
  /** Such as `person.denied`. */
  readonly kind: string
}

/** What a gateway said to an attacker. */
export interface RedReply {
  readonly status: number
  /** The stable code of a refusal; empty for an answer. */
  readonly code: string
  /** Which cap or ceiling, with `CAP_EXCEEDED`. */
  readonly cap: string | undefined
  /** Values that came back. */
  readonly values: readonly unknown[]
  /** The entry that it leaves; absent where it leaves none. */
  readonly entry: ProvenEntry | undefined
}

const policies = new Map<string, Policy>()

function policyOf({ logVerifierKey }: FoundedOrganisation): Policy {
  const known = policies.get(logVerifierKey)
  if (known !== undefined) return known
  const key = parseVerifierKey(logVerifierKey)
  const policy: Policy = { logs: [{ key }], witnesses: [], quorum: { kind: 'none' } }
  policies.set(logVerifierKey, policy)
  return policy
}

interface Said {
  readonly code?: string
  readonly cap?: string
  readonly results?: readonly { readonly value: unknown }[]
  readonly inclusion?: string
  readonly leaf?: string
  readonly opening?: { readonly r: string; readonly record: string }
}

function saidIn(body: Uint8Array): Said {
  try {
    const said: unknown = JSON.parse(decodeUtf8(body))
    return typeof said === 'object' && said !== null ? said : {}
  } catch {
    return {}
  }
}

function provenEntry(said: Said, at: FoundedOrganisation): ProvenEntry | undefined {
  const { inclusion, opening, leaf } = said
  if (inclusion === undefined || opening === undefined || leaf === undefined) return undefined
  const proof = parseTlogProof(inclusion)
  const policy = policyOf(at)
  const bytes = decodeBase64(leaf)
  const verdict = verifyReceipt({ proof, leaf: bytes, policy, ed25519: bestEd25519() })
  const record = readCanonicalJson(utf8(opening.record))
  const opened = openEntry(bytes, { r: decodeBase64(opening.r), record })
  if (!verdict.ok || !opened.ok)
    throw new RedteamError('RUN_REJECTED', 'A gateway showed an entry whose proof does not hold.')
  return { log: at.id, index: proof.index, kind: opened.record.kind }
}

/**
 * Reads a reply as the attacker gets it, and checks the proof of the entry that it leaves.
 *
 * @throws {@link RedteamError} `RUN_REJECTED` when the proof does not hold
 */
export function readReply({ status, body }: WireReply, at: FoundedOrganisation): RedReply {
  const said = saidIn(body)
  return {
    status,
    code: said.code ?? (status === 200 ? '' : String(status)),
    cap: said.cap,
    values: (said.results ?? []).map(({ value }) => value),
    entry: provenEntry(said, at),
  }
}
