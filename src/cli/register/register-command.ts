import { Command } from 'commander'
import { loadConfig, NodeError, readDescription } from '../../node/index.ts'
import { joinsSql, registerSql } from '../../register/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison register sql -c tax/cloison.yaml income > register.sql
  $ psql -v ON_ERROR_STOP=1 -d tax -f register.sql
  $ cloison register sql -c tax/cloison.yaml income --joins > joins.sql

The script is for a superuser of the register's database. It changes no table: it makes two roles, a schema
and two functions, which are all that the gateway's role may use. Run it again when the description changes.

With --joins it lets the register's rows be masked for joins, by another role, cloison_joins, whose one
function gives every subject with the described elements: whoever has that role's password can list the
register. Its connection string goes to joins_dsn_file. Without it there are no joins over this register.
`

interface SqlOptions {
  readonly config: string
  readonly role?: string
  readonly owner: string
  readonly joins?: boolean
}

async function scriptFor(name: string, options: SqlOptions): Promise<string> {
  const { config: file, owner, joins = false } = options
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
  const role = options.role ?? (joins ? 'cloison_joins' : 'cloison_gateway')
  const names = { schema: register.schema, role, owner }
  return joins ? joinsSql(description, names) : registerSql(description, names)
}

function sqlCommand(io: CliIo): Command {
  return new Command('sql')
    .summary('Prints the script that gives a gateway its least rights.')
    .description("Prints the SQL that makes the gateway's role and the two functions it may call.")
    .addHelpText('before', examples)
    .argument('<register>', 'the name of a register in the configuration')
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--role <name>', 'the role that logs in (default: cloison_gateway, or cloison_joins)')
    .option('--owner <name>', 'the role that owns the functions', 'cloison_owner')
    .option('--joins', 'the script for the role that reads rows for joins')
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
