import { canonicalBytes, concatBytes, decodeBase64, encodeBase64, utf8 } from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import type { OrganisationId } from '../organisation-id.ts'
import { type DirectoryKey, directoryKeyId } from './directory-key.ts'
import type { DirectoryRecord } from './directory-record.ts'

/** What precedes the canonical bytes in everything that is signed here; no other format has it. */
const recordContext = utf8('cloison/directory/v1\n')
const successionContext = utf8('cloison/key-succession/v1\n')

/** A record that no root has signed yet. */
export type UnsignedDirectoryRecord = Omit<DirectoryRecord, 'signature'>

function recordMessage(record: UnsignedDirectoryRecord): Uint8Array {
  const { signature: _signature, ...unsigned } = { signature: '', ...record }
  return concatBytes(recordContext, canonicalBytes(unsigned))
}

/** Signs a record with the root's seed, 32 bytes, secret; `rootKey` becomes the public half. */
export function signDirectoryRecord(
  record: Omit<UnsignedDirectoryRecord, 'rootKey'>,
  rootSeed: Uint8Array,
  ed25519: Ed25519,
): DirectoryRecord {
  const unsigned = { ...record, rootKey: encodeBase64(ed25519.publicKey(rootSeed)) }
  const signature = encodeBase64(ed25519.sign(recordMessage(unsigned), rootSeed))
  return { ...unsigned, signature }
}

/** Whether the root key that a record names has signed it. Says nothing of whose root that is. */
export function isSignedByItsRoot(record: DirectoryRecord, ed25519: Ed25519): boolean {
  const { rootKey, signature } = record
  return ed25519.verify(decodeBase64(signature), recordMessage(record), decodeBase64(rootKey))
}

/** SHA-256 of a record's canonical bytes, signature included: what an entry about it names. */
export function directoryDigest(record: DirectoryRecord): Uint8Array {
  return sha256(recordContext, canonicalBytes(record))
}

type NewKey = Omit<DirectoryKey, 'succession'>

/** What the earlier key signs: the new one, with its use and validity. */
function successionMessage(organisation: OrganisationId, key: NewKey): Uint8Array {
  const { use, name, publicKey, notBeforeMs, notAfterMs } = key
  const signed = { organisation, use, name, publicKey, notBeforeMs, notAfterMs }
  return concatBytes(successionContext, canonicalBytes(signed))
}

/** A new key, vouched for by the seed of an earlier one of the same use. */
export function signSuccession(
  organisation: OrganisationId,
  key: NewKey,
  by: { readonly key: DirectoryKey; readonly seed: Uint8Array },
  ed25519: Ed25519,
): DirectoryKey {
  const signature = encodeBase64(ed25519.sign(successionMessage(organisation, key), by.seed))
  return { ...key, succession: { by: directoryKeyId(organisation, by.key), signature } }
}

/** Whether `earlier` vouches for `key`. */
export function isSuccessor(
  organisation: OrganisationId,
  key: DirectoryKey,
  earlier: DirectoryKey,
  ed25519: Ed25519,
): boolean {
  const { succession } = key
  return (
    succession !== null &&
    succession.by === directoryKeyId(organisation, earlier) &&
    earlier.use === key.use &&
    ed25519.verify(
      decodeBase64(succession.signature),
      successionMessage(organisation, key),
      decodeBase64(earlier.publicKey),
    )
  )
}
