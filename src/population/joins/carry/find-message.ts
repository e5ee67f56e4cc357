import { encodeBase64 } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import type { Outgoing, RunFiles, RunStanding } from '../run/index.ts'
import type { FindMessage } from './join-outbox.ts'

/** Where the bytes of a run's messages are: in its files, or, of a run that ended, in its row. */
export function findMessage(
  { end }: JoinRow,
  standing: RunStanding | undefined,
  files: RunFiles | undefined,
): FindMessage {
  const outbox = standing?.outbox ?? []
  const last = end?.result ?? end?.abort
  return ({ digest }) => {
    if (last !== undefined && encodeBase64(sha256(last)) === digest)
      return { sha256: sha256(last), length: last.length, isList: false, pieces: () => [last] }
    const made = outbox.find((one) => encodeBase64(one.sha256) === digest)
    return made === undefined || files === undefined ? undefined : inFile(made, files)
  }
}

function inFile(
  { file, sha256: digest, length, isList }: Outgoing,
  files: RunFiles,
): ReturnType<FindMessage> {
  return { sha256: digest, length, isList, pieces: () => files.pieces(file) }
}
