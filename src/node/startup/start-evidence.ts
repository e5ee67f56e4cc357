import { LogError } from '../../log/index.ts'
import { NodeError, type NodeErrorCode, tamperingCodes } from '../node-error.ts'

const codes: ReadonlyMap<string, NodeErrorCode> = new Map([
  ['PUBLISHED_AHEAD', 'LOG_REGRESSED'],
  ['PUBLISHED_DIFFERS', 'LOG_FORKED'],
])

/**
 * The same failure with what to do next, when it is evidence of tampering; anything else as it is.
 * `folder` is where the log is published.
 */
export function withAdvice<Cause>(cause: Cause, folder: string): Cause | NodeError {
  const code =
    cause instanceof LogError
      ? codes.get(cause.code)
      : cause instanceof NodeError
        ? cause.code
        : undefined
  if (!(cause instanceof Error) || code === undefined || !tamperingCodes.includes(code))
    return cause
  const advice = `Put the newest files back; see what is published with "cloison log verify ${folder}".`
  return new NodeError(code, `${cause.message} ${advice}`, { cause })
}
