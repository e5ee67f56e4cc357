import { Command } from 'commander'
import { ConsentError, loadIssuerConfig, startIssuer } from '../../consent/index.ts'
import { readPageAssets } from '../../node/identity/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'
import { untilSignal } from '../until-signal.ts'

const examples = `Examples:
  $ cloison consent serve -c consent.yaml

`
const serveExamples = `Examples:
  $ cloison consent serve -c consent.yaml

  # consent.yaml
  version: 1
  organisation: ombudsman              # whose issuer it is; never an organisation that asks
  listen: 127.0.0.1:8450               # what speaks TLS stands before it
  url: https://consent.ombudsman.example
  key_file: consent.key                # made by "cloison key new consent"
  identity_file: identity.yaml         # how persons sign in
  agreements_folder: agreements        # the signed agreements that name this issuer
  records_file: consents.jsonl         # what was decided; never about whom
  organisations:
    - { id: ombudsman, name: { en: Ombudsman } }
    - { id: housing, name: { en: Housing Agency }, dpo_key: "…", gateway_keys: ["…"] }
    - { id: tax, name: { en: Tax Agency }, dpo_key: "…" }

`

/** The command `consent` with `serve`. */
export function consentCommand(io: CliIo): Command {
  const consent = new Command('consent')
    .description('Lets persons consent to one question about them, independently of who asks.')
    .addHelpText('before', examples)
    .showSuggestionAfterError()
  const serve = new Command('serve')
    .description('Runs an issuer of consent in the foreground until it is stopped.')
    .addHelpText('before', serveExamples)
    .requiredOption('-c, --config <file>', "the issuer's YAML file")
    .action(({ config }: { config: string }) => runServe(config, io))
  consent.addCommand(serve.copyInheritedSettings(consent))
  return consent
}

async function runServe(file: string, io: CliIo): Promise<void> {
  try {
    const config = await loadIssuerConfig(file)
    const tell = (what: string): void => io.stderr(`cloison consent: ${what}\n`)
    await using running = await startIssuer(config, { assets: await readPageAssets(), tell })
    const { port } = running
    const stopped = untilSignal()
    io.stdout(`${JSON.stringify({ event: 'listening', port, pid: process.pid })}\n`)
    await stopped
  } catch (cause) {
    const isOwn = cause instanceof ConsentError
    const words = isOwn ? `${cause.code}: ${cause.message}` : explainNode(cause)
    io.stderr(`cloison consent serve: ${words}\n`)
    io.exit(isOwn && cause.code.startsWith('CONFIG') ? EXIT.usage : exitOfNode(cause))
  }
}
