export { BytesError } from './bytes-error.ts'
export type { BytesErrorCode } from './bytes-error.ts'
export {
  encodeBase64,
  decodeBase64,
  encodeBase64Url,
  encodeBase64UrlName,
  decodeBase64Url,
} from './base64.ts'
export { encodeHex, decodeHex } from './hex.ts'
export { utf8, decodeUtf8 } from './utf8.ts'
export { concatBytes, equalBytes, compareBytes } from './byte-order.ts'
export { releaseBytes } from './release-bytes.ts'
export { isJsonObject } from './json.ts'
export type { Json, JsonObject } from './json.ts'
export { canonicalJson, canonicalBytes, readCanonicalJson } from './canonical-json.ts'
export type { JsonLimits } from './canonical-json.ts'
