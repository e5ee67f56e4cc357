import { concatBytes, utf8 } from '../../../bytes/index.ts'

/** A file to be put into an archive. */
export interface ZipEntry {
  /** ASCII, with `/` between folders. */
  readonly name: string
  readonly bytes: Uint8Array
}

const crcTable: Uint32Array = Uint32Array.from({ length: 256 }, (_none, at) => {
  let value = at
  for (let bit = 0; bit < 8; bit += 1)
    value = (value & 1) === 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1
  return value >>> 0
})

/** CRC-32 as ZIP has it (ISO 3309, polynomial edb88320 reflected). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xff_ff_ff_ff
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xff_ff_ff_ff) >>> 0
}

/** Little-endian numbers, each with its size in bytes. */
function numbers(...parts: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const bytes: number[] = []
  for (const [size, value] of parts)
    for (let at = 0; at < size; at += 1) bytes.push((value >>> (8 * at)) & 0xff)
  return Uint8Array.from(bytes)
}

/** The first moment that the format has: when a file was made is told inside. */
const noDate = 0x00_21

/** What the local and the central header have in common, from the version needed on (APPNOTE 4.3.7). */
function facts({ name, bytes }: ZipEntry): Uint8Array {
  return numbers(
    [2, 20],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, noDate],
    [4, crc32(bytes)],
    [4, bytes.length],
    [4, bytes.length],
    [2, name.length],
    [2, 0],
  )
}

/**
 * A ZIP archive of files as they are, without compression: the same files give the same bytes. Source: APPNOTE.TXT
 * 6.3.10, 4.3. At most 65,535 files and 4 GiB in all.
 */
export function zipFile(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const local = [numbers([4, 0x04_03_4b_50]), facts(entry), utf8(entry.name), entry.bytes]
    central.push(
      numbers([4, 0x02_01_4b_50], [2, 20]),
      facts(entry),
      numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      utf8(entry.name),
    )
    parts.push(...local)
    offset += local.reduce((sum, { length }) => sum + length, 0)
  }
  const size = central.reduce((sum, { length }) => sum + length, 0)
  const count = entries.length
  const end = [
    [4, 0x06_05_4b_50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, size],
  ] as const
  return concatBytes(...parts, ...central, numbers(...end, [4, offset], [2, 0]))
}
