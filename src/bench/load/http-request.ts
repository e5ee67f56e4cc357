import { concatBytes, utf8 } from '../../bytes/index.ts'

/** A POST as it goes over the wire (RFC 9112). `headers` hold no length and no host. */
export function postBytes(
  target: { readonly authority: string; readonly path: string },
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): Uint8Array {
  const lines = [
    `POST ${target.path} HTTP/1.1`,
    `host: ${target.authority}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
  ]
  return concatBytes(utf8(`${lines.join('\r\n')}\r\n\r\n`), body)
}
