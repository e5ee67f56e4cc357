import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeUtf8, encodeBase64, utf8 } from '../../bytes/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../log/index.ts'
import { openNote, parseVerifierKey, type VerifierKey } from '../../log/verify/index.ts'
import { bestEd25519, systemRandomness, undiciHttpClient } from '../../platform/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { BenchError } from '../bench-error.ts'
import { startBenchProcess } from '../bench-process.ts'
import { type BenchFigure, type BenchReport, figure } from '../bench-report.ts'
import { fsyncLatencyMs } from '../fsync-latency.ts'
import { cpuSecondsOf, describeCpu } from '../machine.ts'
import type { Tell } from '../person-bench.ts'
import { quantile } from '../statistics.ts'
import { type Submission, type SubmittingLog, submittingLogs } from './submissions.ts'

/** How a witness is measured. */
export interface WitnessBenchOptions {
  readonly rounds: number
  /** Logs that submit at once, each one checkpoint after the other. */
  readonly logs: number
  /** Checkpoints of each log in a round. */
  readonly checkpoints: number
}

/** One round as it counts. */
interface Round {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor time of the witness for a checkpoint. */
  readonly cpu: number
}

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const cli = fileURLToPath(new URL(`../../cli/main${extension}`, import.meta.url))
const witnessName = 'witness.localhost/w1'
/** Of so many answers one is verified. */
const verifiedOf = 10

function writeConfig(folder: string, logs: readonly SubmittingLog[]): VerifierKey {
  const seed = systemRandomness.bytes(32)
  writeFileSync(join(folder, 'witness.key'), `${encodeBase64(seed)}\n`, { mode: 0o600 })
  const lines = [
    'version: 1',
    `name: ${witnessName}`,
    'listen: 127.0.0.1:0',
    'key_file: witness.key',
    'store: { path: witness.db }',
    'logs:',
    ...logs.map(({ vkey }) => `  - ${JSON.stringify(vkey)}`),
  ]
  writeFileSync(join(folder, 'witness.yaml'), `${lines.join('\n')}\n`)
  const publicKey = bestEd25519().publicKey(seed)
  return parseVerifierKey(formatVerifierKey(witnessName, SIGNATURE_TYPES.cosignature, publicKey))
}

/** Submits one checkpoint; resolves with milliseconds. */
async function submit(
  { body, text }: Submission,
  {
    http,
    url,
    key,
  }: { readonly http: HttpClient; readonly url: string; readonly key: VerifierKey },
  isVerified: boolean,
): Promise<number> {
  const begun = performance.now()
  const reply = await http.send({
    method: 'POST',
    url: `${url}/add-checkpoint`,
    headers: {},
    body: utf8(body),
    timeoutMs: 30_000,
    maxResponseBytes: 131_072,
  })
  const taken = performance.now() - begun
  if (reply.status !== 200) {
    throw new BenchError('RUN_REJECTED', `The witness answered ${reply.status}.`)
  }
  if (isVerified) openNote(`${text}\n${decodeUtf8(reply.body)}`, [key], { ed25519: bestEd25519() })
  return taken
}

/**
 * Measures `cloison witness serve`: so many logs submit at once, each its next checkpoint as soon as
 * the last was cosigned. Every cosignature leaves after its own fsync; a tenth of them is verified.
 *
 * @throws {@link BenchError} when an answer is not a cosignature
 */
export async function runWitnessBench(
  { rounds, logs: count, checkpoints }: WitnessBenchOptions,
  tell: Tell,
): Promise<BenchReport> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'cloison-witness-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const http = stack.use(undiciHttpClient())
  tell(`signing ${count * checkpoints * (rounds + 1)} checkpoints of ${count} logs`)
  const logs = await submittingLogs(count, checkpoints * (rounds + 1))
  const key = writeConfig(folder, logs)
  const args = [cli, 'witness', 'serve', '-c', join(folder, 'witness.yaml')]
  const plan = { name: 'witness', command: process.execPath, args }
  const witness = stack.use(await startBenchProcess(plan))
  const where = { http, key, url: `http://127.0.0.1:${witness.port}` }

  async function round(number: number): Promise<Round> {
    const taken: number[] = []
    const cpuBefore = cpuSecondsOf(witness.pid) ?? Number.NaN
    const begun = performance.now()
    await Promise.all(
      logs.map(async ({ submissions }, place) => {
        const own = submissions.slice(number * checkpoints, (number + 1) * checkpoints)
        for (const [at, one] of own.entries()) {
          taken.push(await submit(one, where, (place + at) % verifiedOf === 0))
        }
      }),
    )
    const seconds = (performance.now() - begun) / 1000
    const cpu = (cpuSecondsOf(witness.pid) ?? Number.NaN) - cpuBefore
    return {
      rate: taken.length / seconds,
      p50: quantile(taken, 0.5),
      p99: quantile(taken, 0.99),
      cpu: (cpu / taken.length) * 1e6,
    }
  }

  tell('warming up')
  await round(0)
  const counted: Round[] = []
  for (let number = 1; number <= rounds; number += 1) {
    tell(`round ${number} of ${rounds}`)
    counted.push(await round(number))
  }
  const name = `witness: add-checkpoint, ${count} logs at once`
  return reportOf(name, counted, fsyncLatencyMs(folder))
}

function reportOf(name: string, rounds: readonly Round[], fsyncMs: number): BenchReport {
  const column = (what: string, unit: string, of: keyof Round): BenchFigure =>
    figure(
      what,
      unit,
      rounds.map((round) => round[of]),
    )
  const figures = [
    column('durable cosignatures', '/s', 'rate'),
    column('p50', 'ms', 'p50'),
    column('p99', 'ms', 'p99'),
    column('processor time of the witness', 'µs each', 'cpu'),
  ]
  return { name, figures, fsyncMs, cpu: describeCpu(), node: process.versions.node }
}
