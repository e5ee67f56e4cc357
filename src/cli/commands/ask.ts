import { Command } from 'commander'
import * as z from 'zod'
import { canonicalBytes, decodeUtf8, encodeBase64Url } from '../../bytes/index.ts'
import {
  isTokenCaller,
  loadConfig,
  NodeError,
  ownListener,
  readTokenFile,
} from '../../node/index.ts'
import { type AskOutcome, askOutcomeSchema } from '../../person/index.ts'
import { PlatformError, systemRandomness, systemTimers } from '../../platform/index.ts'
import type { HttpClient, HttpResponse } from '../../ports/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { readSubject, UsageError } from '../read-subject.ts'

const examples = `
Examples:
  $ echo 'demo-nin 6229916763' | cloison ask housing-tax-rent-support -c kept/housing/cloison.yaml \\
      --element income_below_limit --case RS-2026-0001 --official official-1 --subject-file -
  $ cloison ask AGREEMENT -c cloison.yaml --element NAME --case REF --official ID --subject-file person.txt --json --wait
  $ cloison ask EMERGENCY-AGREEMENT -c cloison.yaml --element NAME --case INCIDENT --official ID --confirm ID2 --subject-file -

Exit codes: 0 answered, 1 fault, 2 usage, 4 refused, 5 gateway or provider unavailable, 6 a cap is used up.
`

interface AskFlags {
  readonly config: string
  readonly element: readonly string[]
  readonly case: string
  readonly official: string
  readonly confirm?: string
  readonly subjectFile: string
  readonly key?: string
  readonly wait?: true
  readonly json?: true
}

interface Gateway {
  readonly url: string
  readonly token: string
  readonly http: HttpClient & AsyncDisposable
}

async function findGateway(configFile: string): Promise<Gateway> {
  const loaded = await loadConfig(configFile)
  const { config, at } = loaded
  const caller = config.callers.filter(isTokenCaller).find(({ roles }) => roles.includes('ask'))
  if (caller === undefined)
    throw new UsageError(
      `${configFile} has no caller with a token file and the role "ask"; add one to "callers".`,
    )
  return { token: await readTokenFile(at(caller.token_file)), ...(await ownListener(loaded)) }
}

const limits = { timeoutMs: 45_000, maxResponseBytes: 1_048_576 }

function readOutcome(
  response: HttpResponse,
): AskOutcome | { readonly problem: string; readonly code: string } {
  const json: unknown = JSON.parse(decodeUtf8(response.body))
  if (response.status === 200) return askOutcomeSchema.parse(json)
  const problem = z.object({ code: z.string(), title: z.string() }).parse(json)
  return { problem: problem.title, code: problem.code }
}

async function send(
  { url, token, http }: Gateway,
  flags: AskFlags & {
    readonly agreement: string
    readonly subject: SubjectReference
    readonly nowMs: number
  },
): Promise<ReturnType<typeof readOutcome>> {
  const { agreement, element, subject, official, confirm } = flags
  const body = canonicalBytes({
    agreement,
    elements: element,
    subject,
    case: flags.case,
    official: { id: official, authTimeMs: flags.nowMs },
    ...(confirm !== undefined && { confirmation: { id: confirm, authTimeMs: flags.nowMs } }),
  })
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': flags.key ?? `cli-${encodeBase64Url(systemRandomness.bytes(12))}`,
  }
  return readOutcome(
    await http.send({ method: 'POST', url: `${url}/v1/ask`, headers, body, ...limits }),
  )
}

async function waitForWitness(gateway: Gateway, outcome: AskOutcome): Promise<AskOutcome> {
  const headers = { authorization: `Bearer ${gateway.token}` }
  const url = `${gateway.url}/v1/asks/${outcome.exchangeId}`
  for (let round = 0; round < 600 && outcome.provisional; round += 1) {
    await systemTimers.sleep(500)
    const again = readOutcome(await gateway.http.send({ method: 'GET', url, headers, ...limits }))
    if (!('problem' in again) && !again.provisional) return again
  }
  return outcome
}

function describe(outcome: AskOutcome): string {
  const lines =
    outcome.outcome === 'permit'
      ? outcome.results.map(({ element, value }) => `${element}: ${String(value ?? 'none')}`)
      : [`refused: ${outcome.code ?? ''}${outcome.cap === undefined ? '' : ` (${outcome.cap})`}`]
  const { receipt, entries } = outcome
  if (receipt !== null)
    lines.push(
      `receipt: entry ${receipt.index} of ${receipt.origin}, ${outcome.provisional ? 'provisional until a witness has cosigned' : 'witnessed'}`,
    )
  if (entries.asked !== null)
    lines.push(
      `own entries: ${[entries.asked, entries.received].filter((one) => one !== null).join(', ')}`,
    )
  lines.push(`exchange: ${outcome.exchangeId}`)
  return `${lines.join('\n')}\n`
}

function exitOf(outcome: AskOutcome): ExitCode {
  if (outcome.outcome === 'permit') return EXIT.ok
  return outcome.code === 'CAP_EXCEEDED' ? EXIT.exhausted : EXIT.refused
}

const unavailable: ReadonlySet<string> = new Set([
  'PEER_UNAVAILABLE',
  'CASE_SOURCE_UNAVAILABLE',
  'LOG_UNAVAILABLE',
  'REGISTER_UNAVAILABLE',
])

async function ask(agreement: string, flags: AskFlags, io: CliIo): Promise<ExitCode> {
  const gateway = await findGateway(flags.config)
  await using _http = gateway.http
  const subject = await readSubject(flags.subjectFile)
  let outcome = await send(gateway, { ...flags, agreement, subject, nowMs: io.now() })
  if ('problem' in outcome) {
    io.stderr(`cloison ask: ${outcome.code}: ${outcome.problem}\n`)
    return unavailable.has(outcome.code) ? EXIT.unavailable : EXIT.refused
  }
  if (flags.wait === true && outcome.provisional) {
    io.stderr('waiting for a witness\n')
    outcome = await waitForWitness(gateway, outcome)
  }
  io.stdout(flags.json === true ? `${JSON.stringify(outcome)}\n` : describe(outcome))
  return exitOf(outcome)
}

function explain(cause: unknown, io: CliIo): ExitCode {
  if (cause instanceof UsageError || cause instanceof NodeError) {
    io.stderr(`cloison ask: ${cause.message}\n`)
    return EXIT.usage
  }
  if (cause instanceof PlatformError) {
    io.stderr('cloison ask: the gateway cannot be reached; is it running?\n')
    return EXIT.unavailable
  }
  io.stderr(`cloison ask: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
  return EXIT.fault
}

/** `cloison ask`: one question about one person, through the organisation's own gateway. */
export function askCommand(io: CliIo): Command {
  return new Command('ask')
    .description('Asks one thing about one person in one case, under an agreement.')
    .addHelpText('before', examples)
    .argument('<agreement>', 'id of the agreement')
    .requiredOption('-c, --config <file>', "the asking gateway's YAML file")
    .requiredOption('--element <name...>', 'data elements of the agreement')
    .requiredOption(
      '--case <reference>',
      'the open case in the case system; in an emergency the reference of the incident',
    )
    .requiredOption('--official <id>', 'the official to whom the case is assigned')
    .option(
      '--confirm <id>',
      'in an emergency: a second official, who is there and confirms; without one it is reviewed within 24 hours',
    )
    .requiredOption(
      '--subject-file <file>',
      'scheme and identifier of the person; - for standard input',
    )
    .option('--key <key>', 'idempotency key: the same key never asks twice')
    .option('--wait', 'wait until a witness has cosigned the receipt')
    .option('--json', 'print the outcome as JSON')
    .action(async (agreement: string, flags: AskFlags) => {
      try {
        io.exit(await ask(agreement, flags, io))
      } catch (cause) {
        io.exit(explain(cause, io))
      }
    })
}
