import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// A reader of published logs as a stranger would write one from RFC 6962 and the C2SP texts alone:
// nothing of the project is imported here.

/** A C2SP verifier key, read by a stranger's hand. */
export interface StrangerKey {
  readonly name: string
  readonly id: string
  readonly type: number
  readonly publicKey: Buffer
}

/** A checkpoint whose known signatures all verified. */
export interface StrangerHead {
  readonly origin: string
  readonly size: number
  readonly root: string
  /** Names of the keys whose signatures verified. */
  readonly signers: readonly string[]
}

const sha256 = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Reads `vkeys.txt` and recomputes every key id. */
export function readKeys(file: string): readonly StrangerKey[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', id = '', encoded = ''] = line
        .split('+', 2)
        .concat(line.split('+').slice(2).join('+'))
      const bytes = Buffer.from(encoded, 'base64')
      const computed = sha256(Buffer.from(`${name}\n`), bytes)
        .subarray(0, 4)
        .toString('hex')
      if (computed !== id) throw new Error(`key id of ${name} is not the hash of its key`)
      return { name, id, type: bytes[0] ?? 0, publicKey: bytes.subarray(1) }
    })
}

/** DER before a raw public key: Ed25519 (RFC 8410) and ML-DSA-44 (RFC 9881). */
const spki = {
  ed25519: '302a300506032b6570032100',
  mlDsa44: '30820532300b06096086480165030403110382052100',
}

function isSigned(
  message: Buffer,
  signature: Buffer,
  { raw, prefix }: { readonly raw: Buffer; readonly prefix: string },
): boolean {
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from(prefix, 'hex'), raw]),
    format: 'der',
    type: 'spki',
  })
  return verify(null, message, key, signature)
}

/** The `cosigned_message` of C2SP tlog-cosignature for a whole tree. */
function treeMessage(name: string, time: Buffer, text: string): Buffer {
  const [origin = '', size = '', root = ''] = text.split('\n')
  const range = Buffer.alloc(16)
  range.writeBigUInt64BE(BigInt(size), 8)
  const short = (words: string): Buffer =>
    Buffer.concat([Buffer.from([Buffer.byteLength(words)]), Buffer.from(words)])
  const label = Buffer.from('subtree/v1\n\0')
  const parts = [label, short(name), time, short(origin), range, Buffer.from(root, 'base64')]
  return Buffer.concat(parts)
}

/** A log signs the text; a witness signs it with the time that its signature carries. */
function isSignedBy(key: StrangerKey, blob: Buffer, text: string): boolean {
  const raw = key.publicKey
  const signature = blob.subarray(key.type === 1 ? 4 : 12)
  if (key.type === 6) {
    const message = treeMessage(key.name, blob.subarray(4, 12), text)
    return isSigned(message, signature, { raw, prefix: spki.mlDsa44 })
  }
  const message = key.type === 1 ? text : `cosignature/v1\ntime ${blob.readBigUInt64BE(4)}\n${text}`
  return isSigned(Buffer.from(message), signature, { raw, prefix: spki.ed25519 })
}

/** Opens the published checkpoint; throws when a signature of a known key is not good. */
export function readHead(logFolder: string, keys: readonly StrangerKey[]): StrangerHead {
  const note = readFileSync(join(logFolder, 'checkpoint'), 'utf8')
  const cut = note.lastIndexOf('\n\n')
  const text = note.slice(0, cut + 1)
  const [origin = '', size = '', root = ''] = text.split('\n')
  const signers: string[] = []
  for (const line of note
    .slice(cut + 2)
    .trimEnd()
    .split('\n')) {
    const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? []
    const blob = Buffer.from(encoded, 'base64')
    const key = keys.find(
      (one) => one.name === name && one.id === blob.subarray(0, 4).toString('hex'),
    )
    if (key === undefined) continue
    if (!isSignedBy(key, blob, text)) throw new Error(`bad signature of ${name}`)
    signers.push(name)
  }
  return { origin, size: Number(size), root, signers }
}

/** Merkle Tree Hash as RFC 6962, 2.1 defines it, word for word. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (only === undefined) return sha256(Buffer.alloc(0))
  if (leaves.length === 1) return sha256(Buffer.from([0]), only)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Buffer.from([1]), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)))
}

/** All entries of the published bundles, in order. */
export function readEntries(logFolder: string, size: number): readonly Buffer[] {
  const entries: Buffer[] = []
  for (let bundle = 0; bundle * 256 < size; bundle += 1) {
    const width = Math.min(256, size - bundle * 256)
    const name = String(bundle).padStart(3, '0')
    const full = join(logFolder, 'tile', 'entries', name)
    const bytes = readFileSync(existsSync(full) ? full : `${full}.p/${width}`)
    for (let at = 0; at < bytes.length && entries.length < size; at += 2 + bytes.readUInt16BE(at)) {
      entries.push(bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at)))
    }
  }
  return entries
}

/** The tree's root over all entries, base64. */
export function rootOf(entries: readonly Buffer[]): string {
  return treeHash(entries).toString('base64')
}
