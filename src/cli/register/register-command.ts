import { Command } from 'commander'
import { loadConfig, NodeError, readDescription } from '../../node/index.ts'
import { registerSql } from '../../register/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison register sql -c tax/cloison.yaml income > register.sql
  $ psql -v ON_ERROR_STOP=1 -d tax -f register.sql

The script is for a superuser of the register's database. It changes no table: it makes two roles, a schema
and two functions, which are all that the gateway's role may use. Run it again when the description changes.
`

interface SqlOptions {
  readonly config: string
  readonly role: string
  readonly owner: string
}

async function scriptFor(name: string, { config: file, ...names }: SqlOptions): Promise<string> {
  const { config, at } = await loadConfig(file)
  const register = config.registers[name]
  if (register?.kind !== 'postgres') {
    const known = Object.entries(config.registers).flatMap(([one, { kind }]) =>
      kind === 'postgres' ? [one] : [],
    )
    const choice = known.length === 0 ? 'it names none' : `it names: ${known.join(', ')}`
    throw new NodeError(
      'CONFIG_INVALID',
      `"${name}" is no register of kind "postgres" in ${file}; ${choice}.`,
    )
  }
  const description = await readDescription(at(register.description_file), name)
  return registerSql(description, { schema: register.schema, ...names })
}

function sqlCommand(io: CliIo): Command {
  return new Command('sql')
    .summary('Prints the script that gives a gateway its least rights.')
    .description("Prints the SQL that makes the gateway's role and the two functions it may call.")
    .addHelpText('before', examples)
    .argument('<register>', 'the name of a register in the configuration')
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--role <name>', 'the role that the gateway logs in with', 'cloison_gateway')
    .option('--owner <name>', 'the role that owns the functions', 'cloison_owner')
    .action(async (name: string, options: SqlOptions) => {
      try {
        io.stdout(await scriptFor(name, options))
      } catch (cause) {
        io.stderr(`cloison register sql: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}

/** `cloison register`: what an administrator of a register's database needs. */
export function registerCommand(io: CliIo): Command {
  const sql = sqlCommand(io)
  const command = new Command('register')
    .description("Prepares a register's database for its gateway.")
    .addHelpText('before', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
  sql.copyInheritedSettings(command)
  return command.addCommand(sql)
}
