import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { actDigest, type AgreementAct } from './agreement-act.ts'

/** Most suspensions that a resumption lists one by one. */
export const mostListed = 16

/**
 * What a resumption names: the digests of the suspensions, base64, sorted; of more than 16 one digest of them
 * all, SHA-256 over `cloison/suspensions/v1` and the sorted digests, each ended by a line feed. However often an
 * agreement is suspended, it can be resumed.
 */
export function liftsOf(standing: readonly AgreementAct[]): readonly string[] {
  const digests = standing.map(actDigest).toSorted()
  if (digests.length <= mostListed) return digests
  const lines = ['cloison/suspensions/v1', ...digests].map((line) => `${line}\n`)
  return [encodeBase64(sha256(utf8(lines.join(''))))]
}
