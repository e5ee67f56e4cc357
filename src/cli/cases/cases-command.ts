import { Command } from 'commander'
import { loadConfig, NodeError, readCaseDescription } from '../../node/index.ts'
import { caseSql } from '../../register/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'
import { casesServeCommand } from './cases-serve-command.ts'

const examples = `
Examples:
  $ cloison cases sql -c housing/cloison.yaml > cases.sql
  $ psql -v ON_ERROR_STOP=1 -d housing -f cases.sql

The script is for a superuser of the case system's database. It changes no table: it makes two roles, a schema
and one function, which is all that the case source's role may use. It says of one case, one official and one
person whether they belong together, and lists nothing. Run it again when the description changes.
`

interface SqlOptions {
  readonly config: string
  readonly role: string
  readonly owner: string
}

async function script({ config: file, ...names }: SqlOptions): Promise<string> {
  const { config, at } = await loadConfig(file)
  const { cases } = config
  if (cases?.kind === 'sql' && cases.engine === 'postgres') {
    return caseSql(await readCaseDescription(cases, at), { schema: cases.schema, ...names })
  }
  throw new NodeError(
    'CONFIG_INVALID',
    `"cases" in ${file} is not of kind "sql" with the engine "postgres"; others need no script.`,
  )
}

function sqlCommand(io: CliIo): Command {
  return new Command('sql')
    .summary('Prints the script that gives the case source its least rights.')
    .description(
      "Prints the SQL that makes the case source's role and the one function it may call.",
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--role <name>', 'the role that the case source logs in with', 'cloison_cases')
    .option('--owner <name>', 'the role that owns the function', 'cloison_cases_owner')
    .action(async (options: SqlOptions) => {
      try {
        io.stdout(await script(options))
      } catch (cause) {
        io.stderr(`cloison cases sql: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}

const groupExamples = `
Examples:
  $ cloison cases sql -c housing/cloison.yaml > cases.sql
  $ cloison cases serve -c cases.yaml
`

/** `cloison cases`: what an administrator of the case system's database needs. */
export function casesCommand(io: CliIo): Command {
  const sql = sqlCommand(io)
  const command = new Command('cases')
    .description("The case system: its database's least rights, and a case source of its own.")
    .addHelpText('before', groupExamples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
  sql.copyInheritedSettings(command)
  return command.addCommand(sql).addCommand(casesServeCommand(io))
}
