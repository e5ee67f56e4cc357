import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { type JoinRelease, joinReleaseBytes } from './join-release.ts'

const context = utf8('cloison/join-release/v1\n')

/** What a release of a join is called in files: SHA-256 of its canonical bytes under a name of its own; base64. */
export function joinReleaseDigest(release: JoinRelease): string {
  return encodeBase64(sha256(context, joinReleaseBytes(release)))
}
