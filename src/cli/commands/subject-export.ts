import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import * as z from 'zod'
import { canonicalBytes, decodeUtf8 } from '../../bytes/index.ts'
import {
  describeSubjectProblem,
  parseSubjectFile,
  verifySubjectFile,
} from '../../log/verify/index.ts'
import { isTokenCaller, loadConfig, NodeError, readTokenFile } from '../../node/index.ts'
import { PlatformError, undiciHttpClient } from '../../platform/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { readSubject, UsageError } from '../read-subject.ts'
import { describeWhole } from './verify-subject.ts'

const examples = `
Examples:
  $ echo 'demo-nin 6229916763' | cloison subject export -c kept/tax/cloison.yaml --out mine.json
  $ cloison subject export -c cloison.yaml --scheme demo-nin --subject-file person.txt > mine.json
  $ cloison log verify mine.json

Exit codes: 0 written, 1 fault, 2 usage, 3 what the gateway gave does not hold, 4 refused, 5 the gateway is not there or no epoch is closed yet.
`

interface ExportFlags {
  readonly config: string
  readonly subjectFile: string
  readonly scheme?: string
  readonly out?: string
}

const limits = { timeoutMs: 120_000, maxResponseBytes: 268_435_456 }
const problemSchema = z.object({ code: z.string(), title: z.string() })

/** Asks the own gateway, on its inner address, with a token that may disclose. */
async function fetchFile(
  configFile: string,
  subject: SubjectReference,
): Promise<{ readonly status: number; readonly text: string }> {
  const { config, at } = await loadConfig(configFile)
  const caller = config.callers
    .filter(isTokenCaller)
    .find(({ roles }) => roles.includes('disclose'))
  if (caller === undefined)
    throw new UsageError(`${configFile} has no caller with the role "disclose"; add one.`)
  const token = await readTokenFile(at(caller.token_file))
  await using http = undiciHttpClient()
  const { status, body } = await http.send({
    method: 'POST',
    url: `http://${config.listen.admin}/v1/subject-files`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: canonicalBytes({ subject: { scheme: subject.scheme, value: subject.value } }),
    ...limits,
  })
  return { status, text: decodeUtf8(body) }
}

async function write(text: string, out: string | undefined, io: CliIo): Promise<void> {
  if (out === undefined) return io.stdout(text)
  // A file with personal data: for its owner alone, and never in place of another.
  await writeFile(out, text, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new UsageError(`${out} cannot be written, or is there already: name another file.`, {
      cause,
    })
  })
}

async function exportSubjectFile(flags: ExportFlags, io: CliIo): Promise<ExitCode> {
  const subject = await readSubject(flags.subjectFile, flags.scheme)
  const { status, text } = await fetchFile(flags.config, subject)
  const file = status === 200 ? parseSubjectFile(text) : undefined
  if (file === undefined || file === 'malformed') {
    const problem = problemSchema.parse(JSON.parse(text))
    io.stderr(`cloison subject export: ${problem.code}: ${problem.title}\n`)
    return status === 503 ? EXIT.unavailable : EXIT.refused
  }
  const verdict = verifySubjectFile(file, nodeAlgorithms())
  if (!verdict.ok) {
    io.stderr(`cloison subject export: ${describeSubjectProblem(verdict)} Nothing was written.\n`)
    return EXIT.tampering
  }
  await write(`${JSON.stringify(file, null, 1)}\n`, flags.out, io)
  io.stderr(`${describeWhole(verdict)}\n`)
  return EXIT.ok
}

function explain(cause: unknown, io: CliIo): ExitCode {
  const said = cause instanceof Error ? cause.message : 'unknown failure'
  if (cause instanceof UsageError || cause instanceof NodeError) {
    io.stderr(`cloison subject export: ${said}\n`)
    return EXIT.usage
  }
  if (cause instanceof PlatformError) {
    io.stderr('cloison subject export: the gateway cannot be reached; is it running?\n')
    return EXIT.unavailable
  }
  io.stderr(`cloison subject export: ${said}\n`)
  return EXIT.fault
}

/** `cloison subject export`: everything that an organisation's logs hold about one person, with proofs. */
export function subjectExportCommand(io: CliIo): Command {
  return new Command('export')
    .summary('Writes all entries about a person, and the proof that they are all.')
    .description(
      'Writes all entries about one person, opened, each with its receipt, and the proof that none is missing. The file is personal data, for that person alone.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option(
      '--subject-file <file>',
      'scheme and identifier of the person; - for standard input',
      '-',
    )
    .option('--scheme <name>', 'the scheme, where the file has the identifier alone')
    .option('--out <file>', 'a new file to write to (default: standard output)')
    .action(async (flags: ExportFlags) => {
      try {
        io.exit(await exportSubjectFile(flags, io))
      } catch (cause) {
        io.exit(explain(cause, io))
      }
    })
}
