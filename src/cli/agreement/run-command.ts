import { AgreementError } from '../../agreement/index.ts'
import { NodeError } from '../../node/index.ts'
import { PlatformError } from '../../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'
import { UsageError } from '../read-subject.ts'
import { AgreementFileError } from './agreement-file.ts'

/** A refusal by a gateway, with its stable code. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Prints the problems of a file, each with its line, its code, and what to do. */
export function problemLines({ file, problems }: AgreementFileError): string {
  const lines = problems.map(
    ({ line, path, message, code, advice }) =>
      `${file}:${line}: ${path === '' ? '' : `${path}: `}${message} [${code}]\n    ${advice}`,
  )
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return `${lines.join('\n')}\n${count}; the file is no agreement yet.\n`
}

function explain(name: string, cause: unknown, io: CliIo): ExitCode {
  if (cause instanceof AgreementFileError) {
    io.stderr(problemLines(cause))
    return EXIT.usage
  }
  if (cause instanceof RefusedError) {
    io.stderr(`cloison agreement ${name}: ${cause.code}: ${cause.message}\n`)
    return EXIT.refused
  }
  if (cause instanceof PlatformError) {
    io.stderr(`cloison agreement ${name}: the gateway cannot be reached; is it running?\n`)
    return EXIT.unavailable
  }
  io.stderr(`cloison agreement ${name}: ${explainNode(cause)}\n`)
  if (cause instanceof UsageError || cause instanceof AgreementError) return EXIT.usage
  return cause instanceof NodeError ? exitOfNode(cause) : EXIT.fault
}

/** Runs one command of `cloison agreement`; whatever goes wrong is told in plain words, with its exit code. */
export async function runCommand(
  name: string,
  io: CliIo,
  action: () => Promise<ExitCode>,
): Promise<void> {
  try {
    io.exit(await action())
  } catch (cause) {
    io.exit(explain(name, cause, io))
  }
}
