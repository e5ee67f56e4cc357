import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import { describeProblem, LogError, openCheckpoint, verifyLog } from '../../log/verify/index.ts'
import type { Checkpoint, LogReport, VerifyLogOptions } from '../../log/verify/index.ts'
import { countsHistory } from '../../oversight/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import { EXIT } from '../cli-io.ts'
import type { CliIo } from '../cli-io.ts'
import { checkLogFolder, folderSource, urlSource } from '../log-source.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { readTrust, TrustError } from '../trust-files.ts'
import type { Trust } from '../trust-files.ts'
import { type EvidenceTarget, verifyEvidence } from './verify-evidence.ts'
import { isJoinFile, verifyJoinFile } from './verify-join-file.ts'
import { keptOrganisations, verifyKept } from './verify-kept.ts'

interface Flags {
  readonly vkeys?: string
  readonly policy?: string
  readonly since?: string
  readonly origin?: string
  readonly without?: readonly string[]
  readonly directory?: readonly string[]
  readonly json?: true
}

const EXAMPLES = `Examples:
  $ cloison log verify ./kept/tax/log
  $ cloison log verify ./kept                  everything that a kept demo published
  $ cloison log verify who-asked-about-me.json the proofs that a person downloaded
  $ cloison log verify need.json --directory tax.json housing.json social.json
                                               who agreed to a table over two registers
  $ cloison log verify https://tax.example/log/2026h2 --vkeys vkeys.txt --policy policy.txt
  $ cloison log verify ./kept/tax/log --since checkpoint-of-last-month --json
  $ cloison log verify ./kept/tax/log --without tax.localhost housing.localhost

Exit codes: 0 good, 1 not wholly borne out (of a table), 2 usage, 3 evidence of tampering, 5 the log cannot be reached.
`

/** Longer than a gateway needs to publish what it has begun to publish. */
const SETTLE_MS = 1500

/**
 * The command `log verify TARGET`: verifies a published log, in a folder or at a URL, without any
 * gateway. Sets the exit code of the terminal it is given.
 */
export function logVerifyCommand(io: CliIo): Command {
  return new Command('verify')
    .summary('Verifies a published log, to the last bit.')
    .description(
      'Verifies checkpoint, signatures, quorum, tiles, entries and published governance records ' +
        'of a log, in a folder or at a URL.',
    )
    .argument('<target>', 'folder or URL of the log, a downloaded file of proofs, or a table')
    .option('--vkeys <file>', 'keys of logs and witnesses (default: vkeys.txt in a folder above)')
    .option(
      '--policy <file>',
      'which witnesses must cosign (default: policy.txt in a folder above)',
    )
    .option('--since <checkpoint>', 'an earlier checkpoint of the log that you hold')
    .option('--origin <name>', 'the log it must be')
    .option('--without <organisation...>', 'whose witnesses do not count: who took part')
    .option(
      '--directory <record...>',
      'directory records of the parties of a table over two registers',
    )
    .option('--json', 'print the report as JSON')
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .exitOverride()
    .addHelpText('before', EXAMPLES)
    .action(async (target: string, flags: Flags) => {
      await run(target, flags, io)
    })
}

async function run(target: string, flags: Flags, io: CliIo): Promise<void> {
  const isUrl = /^https?:\/\//.test(target)
  await using http = undiciHttpClient()
  try {
    if (!isUrl && target.endsWith('.json')) {
      verifyFile(target, flags, io)
      return
    }
    if (!isUrl && keptOrganisations(target).length > 0) {
      await verifyKept(target, (folder) => verifyFolder(folder, flags, io), {
        io,
        json: flags.json === true,
      })
      return
    }
    if (!isUrl) checkLogFolder(target)
    const trust = trustFor(target, isUrl, flags)
    const source = isUrl ? urlSource(target, http) : folderSource(target)
    const report = await verifyLog(source, optionsFor({ trust, flags, io, strict: !isUrl }))
    present(report, { target, isUrl, json: flags.json === true }, io)
  } catch (cause) {
    io.exit(explain(cause, { target, isUrl }, io))
  }
}

/** What is in a file is told by its content: proofs of a person, or a table over two registers. */
function verifyFile(file: string, flags: Flags, io: CliIo): void {
  if (isJoinFile(jsonIn(file)))
    verifyJoinFile({ file, records: flags.directory ?? [], json: flags.json === true }, io)
  else verifyEvidence(evidenceTarget(file, flags), io)
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Whoever reads the file next says what is wrong with it.
    return undefined
  }
}

function evidenceTarget(file: string, { vkeys, policy, json }: Flags): EvidenceTarget {
  return {
    file,
    json: json === true,
    ...(vkeys === undefined ? {} : { vkeys }),
    ...(policy === undefined ? {} : { policy }),
  }
}

function verifyFolder(folder: string, flags: Flags, io: CliIo): Promise<LogReport> {
  const trust = trustFor(folder, false, flags)
  return verifyLog(folderSource(folder), optionsFor({ trust, flags, io, strict: true }))
}

function trustFor(target: string, isUrl: boolean, { vkeys, policy, without }: Flags): Trust {
  return readTrust({
    ...(vkeys === undefined ? {} : { vkeys }),
    ...(policy === undefined ? {} : { policy }),
    ...(without === undefined ? {} : { without }),
    folder: isUrl ? '.' : target,
    from: isUrl ? 'here' : 'parent',
  })
}

interface Given {
  readonly trust: Trust
  readonly flags: Flags
  readonly io: CliIo
  readonly strict: boolean
}

function optionsFor({ trust, flags, io, strict }: Given): VerifyLogOptions {
  const { keys, policy } = trust
  return {
    keys,
    policy,
    strict,
    ...nodeAlgorithms(),
    ...(flags.origin === undefined ? {} : { origin: flags.origin }),
    ...(flags.since === undefined ? {} : { since: readSince(flags.since, trust) }),
    history: countsHistory,
    onProgress: progressOn(io),
    settle: () => wait(SETTLE_MS),
  }
}

/** The checkpoint that the person holds: it must be signed by a log that is trusted. */
function readSince(file: string, { keys, policy }: Trust): Checkpoint {
  const log = [...keys, ...policy.logs.map(({ key }) => key)].filter(({ type }) => type !== 4)
  try {
    const note = readFileSync(file)
    return openCheckpoint(note, { log, witnesses: [], ...nodeAlgorithms() }).checkpoint
  } catch (cause) {
    const reason = cause instanceof LogError ? cause.message : 'it cannot be read'
    throw new TrustError(`${file} is no checkpoint to compare with: ${reason}.`, { cause })
  }
}

/** Says after a second how far it is; on a terminal in place, else a line every ten seconds. */
function progressOn(io: CliIo): (done: Progress) => void {
  const start = io.now()
  let next = start + 1000
  return ({ entries, size }) => {
    const isShown = next > start + 1000
    if (io.now() < next && !(entries === size && isShown)) return
    next = io.now() + (io.isTty ? 200 : 10_000)
    const text = `${entries.toLocaleString('en')} of ${size.toLocaleString('en')} entries verified`
    io.stderr(io.isTty ? `\r${text}${entries === size ? '\n' : ''}` : `${text}\n`)
  }
}

interface Progress {
  readonly entries: number
  readonly size: number
}

interface Target {
  readonly target: string
  readonly isUrl: boolean
}

function present(
  report: LogReport,
  { target, isUrl, json }: Target & { json: boolean },
  io: CliIo,
): void {
  const isAbsent = isUrl && report.problems.some(({ code }) => code === 'CHECKPOINT_MISSING')
  if (isAbsent) io.stderr(`No log is published at ${target}.\n`)
  io.stdout(json ? `${JSON.stringify(report)}\n` : sentences(report, target))
  if (!report.ok) io.exit(isAbsent ? EXIT.unavailable : EXIT.tampering)
}

function sentences(report: LogReport, target: string): string {
  const { ok, origin, size, root, cosignedBy, oldestCosignature, problems, successor } = report
  if (!ok) {
    const lines = problems.map((problem) => `  ${describeProblem(problem)}\n`)
    return `${origin ?? target} is NOT as it was signed:\n${lines.join('')}`
  }
  const entries = size === 1 ? '1 entry' : `${size ?? 0} entries`
  const witnesses = cosignedBy.length === 0 ? 'nobody' : cosignedBy.join(', ')
  const age =
    oldestCosignature === null
      ? ''
      : `, at ${new Date(oldestCosignature).toISOString()} the earliest`
  const next = successor === undefined ? '' : `It is closed; ${successor} follows.\n`
  return `${origin ?? target} is good: ${entries}, root ${root ?? ''}.\nCosigned by ${witnesses}${age}.\n${next}`
}

function explain(cause: unknown, { target, isUrl }: Target, io: CliIo): 1 | 2 | 5 {
  if (cause instanceof TrustError) {
    io.stderr(`${cause.message}\n`)
    return 2
  }
  if (!(cause instanceof LogError)) throw cause
  if (cause.code !== 'SOURCE_FAILED') {
    io.stderr(`The keys are not usable: ${cause.message}.\n`)
    return 2
  }
  const reason = cause.cause instanceof Error ? ` ${cause.cause.message}` : ''
  io.stderr(`${target} cannot be read.${reason}\n`)
  return isUrl ? 5 : 1
}
