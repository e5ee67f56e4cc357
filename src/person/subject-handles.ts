import { canonicalBytes, concatBytes, encodeBase64, utf8 } from '../bytes/index.ts'
import { type FastEdwards, hmacSha256, type VrfKey, vrfKey } from '../crypto/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import type { ChainName } from './chain-store.ts'

/**
 * Subjects' handles: what counters, chains and epoch maps hold in place of an identifier. A handle is
 * the output of a verifiable random function, so that nobody without this organisation's key can
 * try identifiers against it, and that the organisation has one handle for a person and no second.
 */
export interface SubjectHandles {
  /** 32 bytes, base64. The two chains of a subject have handles that nobody can put together. */
  handleOf(subject: SubjectReference, chain?: ChainName): string
  /** The proof of the handle, 80 bytes. For the subject alone: it lets one confirm who it is. */
  proofOf(subject: SubjectReference, chain: ChainName): Uint8Array
  /** Under which the proofs verify, 32 bytes; public, and in every `epoch.closed`. */
  readonly publicKey: Uint8Array
  /** Blinds the heads of an epoch map; never leaves the gateway. */
  readonly blindingKey: Uint8Array
}

const ALPHA_TAG = utf8('cloison/subject/v1\n')
const HANDLE_BYTES = 32
/** About 10 MB. */
const usuallyKept = 50_000

function alphaOf({ scheme, value }: SubjectReference, chain: ChainName): Uint8Array {
  return concatBytes(ALPHA_TAG, canonicalBytes({ chain, scheme, value }))
}

/** Keeps what was computed lately, by a keyed digest: the memory names nobody either. */
function remembering(
  key: Uint8Array,
  vrf: VrfKey,
  mostKept: number,
): (alpha: Uint8Array) => string {
  const kept = new Map<string, string>()
  return (alpha) => {
    const name = encodeBase64(hmacSha256(key, alpha))
    const known = kept.get(name)
    if (known !== undefined) return known
    const handle = encodeBase64(vrf.output(alpha).subarray(0, HANDLE_BYTES))
    const [oldest] = kept.size < mostKept ? [] : kept.keys()
    if (oldest !== undefined) kept.delete(oldest)
    kept.set(name, handle)
    return handle
  }
}

/**
 * The handles under an organisation's handle key, 32 bytes. Three keys come of it, each by HMAC under
 * its own name: of the random function, of its memory, and of the blinding of epoch maps.
 */
export function subjectHandles(
  handleKey: Uint8Array,
  edwards?: FastEdwards,
  mostKept: number = usuallyKept,
): SubjectHandles {
  const derive = (name: string): Uint8Array => hmacSha256(handleKey, utf8(`cloison/${name}/v1`))
  const key = vrfKey(derive('subject-vrf'), edwards)
  const handle = remembering(derive('subject-memory'), key, mostKept)
  return {
    publicKey: key.publicKey,
    blindingKey: derive('epoch-blinding'),
    handleOf: (subject, chain = 'open') => handle(alphaOf(subject, chain)),
    proofOf: (subject, chain) => key.prove(alphaOf(subject, chain)),
  }
}
