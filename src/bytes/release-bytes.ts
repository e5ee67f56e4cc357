/**
 * Gives the memory of bytes back at once, instead of when the engine comes to it: for large ones that nobody reads any more.
 * They are empty afterwards, and so is every other view of their buffer. Shared memory, and bytes that are a part of a larger
 * buffer, are left as they are.
 */
export function releaseBytes(bytes: Uint8Array | Uint32Array): void {
  const { buffer, byteLength } = bytes
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0)
}
