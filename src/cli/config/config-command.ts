import { Command } from 'commander'
import { checkConfig, configJsonSchema, effectiveSettings } from '../../node/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison config check -c tax/cloison.yaml
  $ cloison config print -c tax/cloison.yaml
  $ cloison config schema > cloison.schema.json

No secret is printed: a configuration names the files of secrets, and these are not read. What is behind the
settings is looked at by "cloison doctor".
`

interface Options {
  readonly config: string
  readonly json?: true
}

async function failing(verb: string, io: CliIo, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (cause) {
    io.stderr(`cloison config ${verb}: ${explainNode(cause)}\n`)
    io.exit(exitOfNode(cause))
  }
}

async function print(options: Options, io: CliIo): Promise<void> {
  const settings = await effectiveSettings(options.config)
  if (options.json === true) {
    io.stdout(`${JSON.stringify({ settings })}\n`)
    return
  }
  for (const { key, value, from } of settings) {
    io.stdout(`${key} = ${JSON.stringify(value)}${from === 'default' ? '   (default)' : ''}\n`)
  }
}

/** `cloison config`: what a configuration file says, without starting anything. */
export function configCommand(io: CliIo): Command {
  const file = ['-c, --config <file>', "the gateway's YAML file"] as const
  const check = new Command('check')
    .description('Checks a configuration file and says what is wrong with it.')
    .addHelpText('before', examples)
    .requiredOption(...file)
    .action((options: Options) =>
      failing('check', io, async () => {
        await checkConfig(options.config)
        io.stdout(`${options.config} is valid.\n`)
      }),
    )
  const effective = new Command('print')
    .description('Prints every setting in effect, and which ones are defaults.')
    .addHelpText('before', examples)
    .requiredOption(...file)
    .option('--json', 'as JSON')
    .action((options: Options) => failing('print', io, () => print(options, io)))
  const schema = new Command('schema')
    .description('Prints the JSON Schema of configuration files, for editors.')
    .addHelpText('before', examples)
    .action(() => io.stdout(`${JSON.stringify(configJsonSchema(), null, 2)}\n`))
  return new Command('config')
    .description('Checks, prints and describes configuration files.')
    .addHelpText('before', examples)
    .addCommand(check)
    .addCommand(effective)
    .addCommand(schema)
}
