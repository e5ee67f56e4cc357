/** SHA-256 of SubjectPublicKeyInfos, base64; `any` where what is sent and read is public and proves itself. */
export type Pins = readonly string[] | 'any'

/** A server that is known by its certificates. */
export interface PinnedServer {
  /** Of each certificate that it may show. */
  readonly pins: Pins
  /** The host that the certificate is for, where it is reached under another address. */
  readonly host?: string
}
