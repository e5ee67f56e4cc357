import { Command } from 'commander'
import { type DoctorCheck, examine, loadConfig } from '../../node/index.ts'
import { bestEd25519, undiciHttpClient } from '../../platform/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison doctor -c tax/cloison.yaml
  $ cloison doctor -c tax/cloison.yaml --peer housing
  $ cloison doctor -c tax/cloison.yaml --json

Changes nothing and shows counts alone, never a record. Ends with 0 when all is well, 1 when something is not.
`

function linesOf({ what, ok, found, fix }: DoctorCheck): string {
  const line = `${ok ? 'ok     ' : 'WRONG  '} ${what}: ${found}\n`
  return fix === undefined ? line : `${line}        to do: ${fix}\n`
}

/** `cloison doctor`: looks at everything that a gateway needs, and says what to do. */
export function doctorCommand(io: CliIo): Command {
  return new Command('doctor')
    .description(
      'Checks keys, stores, log, witnesses, registers, agreements, case system and peers of a gateway.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--peer <org>', 'try the way to this peer as well')
    .option('--json', 'print the checks as JSON')
    .action(async (options: { config: string; peer?: string; json?: true }) => {
      try {
        const loaded = await loadConfig(options.config)
        io.stderr(
          'Looking at keys, stores, log, witnesses, registers, agreements and the case system ...\n',
        )
        await using http = undiciHttpClient()
        const checks = await examine(
          loaded,
          { http, ed25519: bestEd25519(), nowMs: () => io.now() },
          options.peer,
        )
        const ok = checks.every((one) => one.ok)
        io.stdout(
          options.json === true
            ? `${JSON.stringify({ ok, checks })}\n`
            : checks.map((one) => linesOf(one)).join(''),
        )
        io.exit(ok ? EXIT.ok : EXIT.fault)
      } catch (cause) {
        io.stderr(`cloison doctor: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
