import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command } from 'commander'
import {
  defaultPort,
  DemoError,
  fillDemo,
  type FillProgress,
  isKeptDemo,
} from '../../demo/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { wholeNumber } from '../whole-number.ts'
import { portNumber } from './demo-port.ts'

const examples = `
Adds made-up disclosures to a demo that is kept in DIR and not running; makes the demo first where DIR is empty.
Each is three real entries, in the logs of both sides, in the person's chains, under heads that witnesses have
cosigned. Nobody is asked and nothing is looked up for them.

Examples:
  $ cloison demo fill ./kept                   100,000 disclosures
  $ cloison demo fill ./kept --count 5000
  $ cloison demo --keep ./kept                 then start the filled demo
`

interface FillFlags {
  readonly count: number
  readonly port?: number
  readonly json?: true
}

const mostAtOnce = 1_000_000

/** What is done and how long the rest takes at the pace so far. */
function progressLine({ done, count }: FillProgress, elapsedMs: number): string {
  const left = Math.ceil((elapsedMs / done) * ((count - done) / 1000))
  const share = Math.floor((100 * done) / count)
  return `${done.toLocaleString('en')} of ${count.toLocaleString('en')} (${share} %), ${left} s left`
}

/** Tells on a terminal at every step, in a file at every tenth. */
function progressTo(io: CliIo): (progress: FillProgress) => void {
  let startedAtMs: number | undefined
  let tenth = 0
  return (progress) => {
    startedAtMs ??= io.now()
    const { done, count } = progress
    const line = progressLine(progress, Math.max(1, io.now() - startedAtMs))
    if (io.isTty) return io.stderr(`\r${line}    ${done === count ? '\n' : ''}`)
    const now = Math.floor((10 * done) / count)
    if (now > tenth) io.stderr(`${line}\n`)
    tenth = now
  }
}

async function readPlace(dir: string, { port }: FillFlags): Promise<{ readonly isKept: boolean }> {
  const isKept = await isKeptDemo(dir)
  const present = isKept ? [] : await readdir(dir).catch(() => [])
  if (present.length > 0)
    throw new DemoError('FOLDER_NOT_EMPTY', `${dir} holds files already, and they are not a demo.`)
  if (isKept && port !== undefined)
    throw new DemoError('NOT_KEPT', 'A kept demo has its ports already; leave --port out.')
  return { isKept }
}

async function run(folder: string, flags: FillFlags, io: CliIo): Promise<void> {
  const dir = resolve(folder)
  const { isKept } = await readPlace(dir, flags)
  const { count, port: basePort = defaultPort, json } = flags
  const startedAtMs = io.now()
  const tell = (what: string): void =>
    io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
  const filled = await fillDemo(
    { dir, isKept, basePort, count },
    { tell, onProgress: progressTo(io) },
  )
  if (json === true) return io.stdout(`${JSON.stringify(filled)}\n`)
  const seconds = (filled.writingMs / 1000).toFixed(1)
  io.stdout(`${count.toLocaleString('en')} disclosures were written in ${seconds} s.\n`)
  for (const { organisation, size } of filled.logs)
    io.stdout(`${organisation}: ${size.toLocaleString('en')} entries, published and witnessed\n`)
  io.stdout(`Start it with: cloison demo --keep ${folder}\n`)
}

/** Whether the caller can mend it by another option or folder. */
function isUsage(cause: unknown): boolean {
  return (
    cause instanceof DemoError && (cause.code === 'FOLDER_NOT_EMPTY' || cause.code === 'NOT_KEPT')
  )
}

/** `cloison demo fill`: a demo of the size of a year, to see that pages stay quick and chains whole. */
export function demoFillCommand(io: CliIo): Command {
  return new Command('fill')
    .description('Adds made-up disclosures to a kept demo, through the real log writers.')
    .argument('<dir>', 'the folder of the demo, as of cloison demo --keep')
    .addHelpText('before', examples)
    .option('--count <n>', 'disclosures to add', wholeNumber(mostAtOnce), 100_000)
    .option('--port <port>', 'first port of a demo that is made', portNumber)
    .option('--json', 'print what was done as JSON')
    .action(async (dir: string, flags: FillFlags) => {
      try {
        await run(dir, flags, io)
      } catch (cause) {
        const told = cause instanceof Error ? cause.message : 'unknown failure'
        io.stderr(`cloison demo fill: ${told}\n`)
        io.exit(isUsage(cause) ? EXIT.usage : EXIT.fault)
      }
    })
}
