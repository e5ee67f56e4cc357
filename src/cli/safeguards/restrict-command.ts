import { Command } from 'commander'
import { entryOf, runAct, withAdmin } from '../admin-client.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { readSubject } from '../read-subject.ts'

const examples = `
Examples:
  $ echo 'demo-nin 6229916763' | cloison subject restrict -c kept/tax/cloison.yaml
  $ cloison subject restrict -c cloison.yaml --subject-file person.txt --lift

The gateway must be running. Exit codes: 0 done, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

interface Flags {
  readonly config: string
  readonly subjectFile: string
  readonly scheme?: string
  readonly lift?: true
}

function restrict({ config, subjectFile, scheme, lift }: Flags, io: CliIo): Promise<ExitCode> {
  return runAct('subject restrict', io, async () => {
    const { scheme: named, value } = await readSubject(subjectFile, scheme)
    const restricted = lift !== true
    const body = { v: 1, subject: { scheme: named, value }, restricted }
    const entry = entryOf(await withAdmin(config, (call) => call('/v1/restrictions', body)))
    io.stdout(
      restricted
        ? `Answers about this person are restricted, by entry ${entry}.\n`
        : `The restriction is lifted, by entry ${entry}.\n`,
    )
    return EXIT.ok
  })
}

/** `cloison subject restrict`: puts answers about one person on hold, or lifts that (GDPR 18). */
export function restrictCommand(io: CliIo): Command {
  return new Command('restrict')
    .summary('Puts answers about one person on hold, or lifts that.')
    .description(
      'Puts answers about one person on hold (GDPR 18), or lifts that. With hidden presence the answer is then what it would be about somebody who is not in the register.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option(
      '--subject-file <file>',
      'scheme and identifier of the person; - for standard input',
      '-',
    )
    .option('--scheme <name>', 'the scheme, where the file has the identifier alone')
    .option('--lift', 'lifts the restriction')
    .action(async (flags: Flags) => io.exit(await restrict(flags, io)))
}
