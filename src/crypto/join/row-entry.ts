import { sha256, hmacSha256 } from '../digest.ts'

/** What an input root commits to at one place of a list (`spec/join.md`, M1). */
export interface RowEntry {
  /** 32 bytes; {@link rowSalt}. */
  readonly salt: Uint8Array
  /** Of a row, or of a blank. */
  readonly isRow: boolean
  /** Which of the holder's lists' groups, part after part. */
  readonly group: number
  /** The token of a row, the point of a blank. */
  readonly content: Uint8Array
}

/** The salt of a row's or a blank's entry: HMAC-SHA-256 of its number; 32 bytes. */
export function rowSalt(saltKey: Uint8Array, number: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, number)
  return hmacSha256(saltKey, bytes)
}

/** The RFC 6962 leaf hash of an entry, SHA-256(0x00 ‖ salt ‖ kind ‖ group ‖ content); 32 bytes. */
export function rowLeaf({ salt, isRow, group, content }: RowEntry): Uint8Array {
  const bytes = new Uint8Array(4 + salt.length + content.length)
  bytes.set(salt, 1)
  bytes[1 + salt.length] = isRow ? 1 : 0
  bytes[2 + salt.length] = group >> 8
  bytes[3 + salt.length] = group & 0xff
  bytes.set(content, 4 + salt.length)
  return sha256(bytes)
}
