import { LogError } from '../log/index.ts'
import { NodeError, tamperingCodes } from '../node/index.ts'
import { RegisterError } from '../register/index.ts'
import { StorageError } from '../storage/sqlite/index.ts'
import { EXIT, type ExitCode } from './cli-io.ts'

function isInUse(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}

/** A failure of an organisation's own gateway or stores as one line: its code and its sentence. */
export function explainNode(cause: unknown): string {
  const known =
    cause instanceof NodeError ||
    cause instanceof StorageError ||
    cause instanceof LogError ||
    cause instanceof RegisterError
  if (known) return `${cause.code}: ${cause.message}`
  if (isInUse(cause))
    return 'Another program listens on a configured address; stop it or change "listen".'
  return cause instanceof Error ? cause.message : 'unknown failure'
}

const usageCodes = [
  'CONFIG_UNREADABLE',
  'CONFIG_INVALID',
  'DEMO_PEER_REFUSED',
  'DIRECTORY_REFUSED',
  'LOG_CLOSED',
]

/** A mistake in the file is the caller's, a log that was put back is evidence; the rest are faults. */
export function exitOfNode(cause: unknown): ExitCode {
  if (!(cause instanceof NodeError)) return EXIT.fault
  if (tamperingCodes.includes(cause.code)) return EXIT.tampering
  return usageCodes.includes(cause.code) ? EXIT.usage : EXIT.fault
}
