import { Command, InvalidArgumentError } from 'commander'
import * as z from 'zod'
import { canonicalBytes } from '../../bytes/index.ts'
import { readIdentityRequest } from '../../person/index.ts'
import { runAct, withAdmin } from '../admin-client.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { readPublicText, requireNew, writeSecret } from './identity-file.ts'

const examples = `
Examples:
  $ echo 'complaint about a query at night' | cloison identity request -c housing/cloison.yaml \\
      --entry 4711 --case DPI-2026-17 --reason-file - --out request.json

The gateway must be running. The opening becomes a public entry first, with case and reason: neither names
anybody. Ten may be opened in 30 days. Nobody can read the file alone: one holder goes on with
"identity open-share", the other with "identity open".
Exit codes: 0 done, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached, 6 cap reached.
`

interface Flags {
  readonly config: string
  readonly entry: number
  readonly log?: string
  readonly case: string
  readonly reasonFile: string
  readonly out: string
}

function parseEntry(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be the number of one entry, as in --entry 4711.')
}

function parseCase(text: string): string {
  const name = text.trim().normalize('NFC')
  if (/^\P{Cc}{1,64}$/u.test(name)) return name
  throw new InvalidArgumentError('It must be the number of a case, of at most 64 characters.')
}

function request(flags: Flags, io: CliIo): Promise<ExitCode> {
  return runAct('identity request', io, async () => {
    const { config, entry, log = null, out } = flags
    const reason = await readPublicText(flags.reasonFile)
    // Looked at before: what is handed out has become an entry, and counts.
    await requireNew(out)
    const body = { v: 1, log, entry, case: flags.case, reason }
    const answer = await withAdmin(config, (call) => call('/v1/identity-openings', body))
    const bytes = canonicalBytes(z.json().parse(answer))
    const { opening, sealed } = readIdentityRequest(bytes)
    await writeSecret(out, bytes).catch((cause: unknown) => {
      throw new UsageError(
        `the opening is entry ${opening.index}, but ${out} could not be written; ask again with another --out.`,
        { cause },
      )
    })
    const { dpo, inspector } = sealed
    io.stdout(`Opened by entry ${opening.index} of ${opening.log}; the request is in ${out}.\n`)
    io.stderr(
      `It opens with two keys: of the officer of "${dpo.organisation}" and of "${inspector.organisation}".\n`,
    )
    return EXIT.ok
  })
}

/** `cloison identity request`: makes an opening an entry, and gets what two holders open together. */
export function requestCommand(io: CliIo): Command {
  return new Command('request')
    .summary('Makes one opening an entry, and gets what two holders open.')
    .description(
      'Makes the opening of one official’s identity at one entry a public entry, and gets what the two holders open together.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the asking gateway's YAML file")
    .requiredOption('--entry <index>', 'the entry of the question in the own log', parseEntry)
    .option('--log <origin>', 'the log of the entry, where it is not the present one')
    .requiredOption('--case <number>', 'the case of the inspector; becomes public', parseCase)
    .option('--reason-file <file>', 'one line, which becomes public; - for standard input', '-')
    .requiredOption('--out <file>', 'where the request goes; never overwritten')
    .action(async (flags: Flags) => io.exit(await request(flags, io)))
}
