import { createInterface } from 'node:readline/promises'

/** What a command's exit says to a script. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** The exit codes by name: what each means is the same for every command. */
export const EXIT: Readonly<
  Record<'ok' | 'fault' | 'usage' | 'tampering' | 'refused' | 'unavailable' | 'exhausted', ExitCode>
> = {
  ok: 0,
  fault: 1,
  usage: 2,
  /** Evidence of tampering. */
  tampering: 3,
  /** Denied or refused. */
  refused: 4,
  /** A peer cannot be reached. */
  unavailable: 5,
  /** A cap or a budget is used up. */
  exhausted: 6,
}

/** The terminal as a command sees it. Data goes to stdout; messages and progress to stderr. */
export interface CliIo {
  /** Writes to standard output, without adding a newline. */
  stdout(text: string): void
  /** Writes to standard error, without adding a newline. */
  stderr(text: string): void
  /** Whether standard error is a terminal that a person watches. */
  readonly isTty: boolean
  readonly env: { readonly NO_COLOR?: string }
  /** Milliseconds since the epoch. */
  now(): number
  /** Asks the person at the terminal for one line; absent where nobody is there. */
  readonly ask?: (question: string) => Promise<string>
  /** Sets the code with which the process will exit; the last call counts. Does not stop anything. */
  exit(code: ExitCode): void
}

async function askPerson(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

/** Whoever read the output has read enough, as in `cloison … | head`; that is no failure of the command. */
function mayEndEarly(output: NodeJS.WriteStream): void {
  output.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE') throw cause
  })
}

/** The terminal of this process. */
export function processIo(): CliIo {
  mayEndEarly(process.stdout)
  mayEndEarly(process.stderr)
  const { NO_COLOR } = process.env
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    isTty: process.stderr.isTTY,
    env: NO_COLOR === undefined ? {} : { NO_COLOR },
    now: () => Date.now(),
    ...(process.stdin.isTTY ? { ask: askPerson } : {}),
    exit(code) {
      process.exitCode = code
    },
  }
}
