import { Command } from 'commander'
import { readPageAssets } from '../../node/identity/index.ts'
import { loadPagesConfig, PagesError, startPages } from '../../pages/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'
import { untilSignal } from '../until-signal.ts'

const examples = `Examples:
  $ cloison pages serve -c pages.yaml

`
const serveExamples = `Examples:
  $ cloison pages serve -c pages.yaml

  # pages.yaml
  version: 1
  gateway_file: cloison.yaml           # the settings of the gateway behind them, which runs
  listen: 127.0.0.1:8480               # what speaks TLS stands before it
  identity_file: identity.yaml         # how people sign in
  sites:                               # a host of its own for each
    person: https://my.housing.example
    dpo: https://officer.housing.example
    analyst: https://tables.housing.example
    admin: https://gateway.housing.example
    public: https://register.housing.example
    verify: https://verify.housing.example
  names:
    housing: { en: Housing Agency, fr: Agence du logement }
    tax: { en: Tax Agency, fr: Agence des impôts }

`

/** The command `pages` with `serve`. */
export function pagesCommand(io: CliIo): Command {
  const pages = new Command('pages')
    .description(
      "Serves an organisation's pages: persons, officer, analysts, administrators, public.",
    )
    .addHelpText('before', examples)
    .showSuggestionAfterError()
  const serve = new Command('serve')
    .description('Serves the pages in the foreground until it is stopped.')
    .addHelpText('before', serveExamples)
    .requiredOption('-c, --config <file>', "the pages' YAML file")
    .action(({ config }: { config: string }) => runServe(config, io))
  pages.addCommand(serve.copyInheritedSettings(pages))
  return pages
}

async function runServe(file: string, io: CliIo): Promise<void> {
  try {
    const config = await loadPagesConfig(file)
    const tell = (what: string): void => io.stderr(`cloison pages: ${what}\n`)
    await using running = await startPages(config, { assets: await readPageAssets(), tell })
    const { port } = running
    const stopped = untilSignal()
    io.stdout(`${JSON.stringify({ event: 'listening', port, pid: process.pid })}\n`)
    await stopped
  } catch (cause) {
    const isOwn = cause instanceof PagesError
    const words = isOwn ? `${cause.code}: ${cause.message}` : explainNode(cause)
    io.stderr(`cloison pages serve: ${words}\n`)
    if (!isOwn) io.exit(exitOfNode(cause))
    else io.exit(cause.code === 'REQUEST_FAILED' ? EXIT.unavailable : EXIT.usage)
  }
}
