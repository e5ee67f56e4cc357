import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto'
import { blake2b } from '@noble/hashes/blake2.js'

// libsodium's crypto_box_seal, written from its documents and from the papers on Salsa20, XSalsa20 and
// Poly1305, without libsodium: X25519 is OpenSSL's, BLAKE2b another library's.

const sigma = Uint8Array.from('expand 32-byte k', (letter) => letter.charCodeAt(0))

function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Uint32Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(4 * at, true))
}

function bytesOf(of: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * of.length))
  of.forEach((word, at) => view.setUint32(4 * at, word, true))
  return new Uint8Array(view.buffer)
}

/** The rows and columns of one double round: the four words of each quarter round. */
const quarters = [
  [0, 4, 8, 12],
  [5, 9, 13, 1],
  [10, 14, 2, 6],
  [15, 3, 7, 11],
  [0, 1, 2, 3],
  [5, 6, 7, 4],
  [10, 11, 8, 9],
  [15, 12, 13, 14],
] as const

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function rounds(input: Uint32Array): Uint32Array {
  const x = input.slice()
  const at = (place: number): number => x[place] ?? 0
  for (let double = 0; double < 10; double += 1) {
    for (const [a, b, c, d] of quarters) {
      x[b] = at(b) ^ rotated((at(a) + at(d)) | 0, 7)
      x[c] = at(c) ^ rotated((at(b) + at(a)) | 0, 9)
      x[d] = at(d) ^ rotated((at(c) + at(b)) | 0, 13)
      x[a] = at(a) ^ rotated((at(d) + at(c)) | 0, 18)
    }
  }
  return x
}

/** The matrix of Salsa20: constants on the diagonal, the key around them, 16 bytes of input within. */
function matrix(key: Uint8Array, input: Uint8Array): Uint32Array {
  const [k, n, s] = [words(key), words(input), words(sigma)]
  const row = (from: Uint32Array, first: number, last: number): number[] => [
    ...from.subarray(first, last),
  ]
  return Uint32Array.from([
    ...row(s, 0, 1),
    ...row(k, 0, 4),
    ...row(s, 1, 2),
    ...row(n, 0, 4),
    ...row(s, 2, 3),
    ...row(k, 4, 8),
    ...row(s, 3, 4),
  ])
}

function hsalsa20(key: Uint8Array, input: Uint8Array): Uint8Array {
  const x = rounds(matrix(key, input))
  const kept = [0, 5, 10, 15, 6, 7, 8, 9]
  return bytesOf(Uint32Array.from(kept, (place) => x[place] ?? 0))
}

function stream(key: Uint8Array, nonce: Uint8Array, length: number): Uint8Array {
  const subkey = hsalsa20(key, nonce.subarray(0, 16))
  const out = new Uint8Array(64 * Math.ceil(length / 64))
  for (let block = 0; 64 * block < length; block += 1) {
    const input = new Uint8Array(16)
    input.set(nonce.subarray(16))
    new DataView(input.buffer).setUint32(8, block, true)
    const before = matrix(subkey, input)
    const after = rounds(before)
    out.set(bytesOf(after.map((word, at) => word + (before[at] ?? 0))), 64 * block)
  }
  return out.subarray(0, length)
}

function little(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

function poly1305(key: Uint8Array, message: Uint8Array): bigint {
  const r = little(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn
  const p = (1n << 130n) - 5n
  let sum = 0n
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16)
    sum = ((sum + little(block) + (1n << BigInt(8 * block.length))) * r) % p
  }
  return (sum + little(key.subarray(16, 32))) & ((1n << 128n) - 1n)
}

function secretKey(bytes: Uint8Array): KeyObject {
  const prefix = Buffer.from('302e020100300506032b656e04220420', 'hex')
  const key = Buffer.concat([prefix, bytes])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

function publicKey(bytes: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), bytes])
  return createPublicKey({ key, format: 'der', type: 'spki' })
}

/** The public half of an X25519 key, by OpenSSL. */
export function publicHalf(secret: Uint8Array): Uint8Array {
  const spki = createPublicKey(secretKey(secret)).export({ format: 'der', type: 'spki' })
  return new Uint8Array(spki.subarray(-32))
}

function cipherOf(
  secret: Uint8Array,
  other: Uint8Array,
  { ephemeral, recipient }: { readonly ephemeral: Uint8Array; readonly recipient: Uint8Array },
): (length: number) => Uint8Array {
  const shared = diffieHellman({ privateKey: secretKey(secret), publicKey: publicKey(other) })
  const key = hsalsa20(new Uint8Array(shared), new Uint8Array(16))
  const nonce = blake2b(Buffer.concat([ephemeral, recipient]), { dkLen: 24 })
  return (length) => stream(key, nonce, length)
}

function exclusive(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, at) => byte ^ (other[at] ?? 0))
}

function tagOf(key: Uint8Array, body: Uint8Array): Uint8Array {
  const tag = poly1305(key, body)
  return Uint8Array.from({ length: 16 }, (_, at) => Number((tag >> BigInt(8 * at)) & 255n))
}

/** Seals with an ephemeral key that the caller chooses, which only a vector may. */
export function oracleSeal(
  recipient: Uint8Array,
  message: Uint8Array,
  ephemeralSecret: Uint8Array,
): Uint8Array {
  const ephemeral = publicHalf(ephemeralSecret)
  const pad = cipherOf(ephemeralSecret, recipient, { ephemeral, recipient })(32 + message.length)
  const body = exclusive(message, pad.subarray(32))
  return new Uint8Array(Buffer.concat([ephemeral, tagOf(pad.subarray(0, 32), body), body]))
}

/** Opens a sealed box, or says by `undefined` that its tag is wrong. */
export function oracleOpen(secret: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  const [ephemeral, tag, body] = [sealed.slice(0, 32), sealed.slice(32, 48), sealed.slice(48)]
  const pad = cipherOf(secret, ephemeral, { ephemeral, recipient: publicHalf(secret) })(
    32 + body.length,
  )
  const isGood = Buffer.compare(tagOf(pad.subarray(0, 32), body), tag) === 0
  return isGood ? exclusive(body, pad.subarray(32)) : undefined
}
