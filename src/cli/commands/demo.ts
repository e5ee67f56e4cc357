import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import {
  defaultPort,
  DemoError,
  isKeptDemo,
  openKeptDemo,
  prepareDemo,
  runPages,
  startDemo,
  tellStory,
} from '../../demo/index.ts'
import type { PreparedDemo, RunningDemo } from '../../demo/index.ts'
import { NodeError } from '../../node/index.ts'
import { readIdentityFile } from '../../node/identity/index.ts'
import type { CliIo } from '../cli-io.ts'
import { demoFillCommand } from './demo-fill.ts'
import { portNumber } from './demo-port.ts'
import { untilSignal } from '../until-signal.ts'

const examples = `
Examples:
  $ cloison demo                       web pages on http://localhost:8400
  $ cloison demo --story               the whole story, told and checked
  $ cloison demo --story --keep ./kept what every organisation holds, kept in ./kept
  $ cloison demo --keep ./kept         goes on with the demo that is kept in ./kept
  $ cloison demo fill ./kept           adds 100,000 made-up disclosures to it
`

interface DemoOptions {
  readonly port?: number
  readonly story?: boolean
  readonly keep?: string
  readonly identity?: string
}

/** The demo's folder: the one to keep, empty or with a demo in it, or one that goes with the demo. */
async function demoFolder(
  keep: string | undefined,
): Promise<{ readonly dir: string } & AsyncDisposable> {
  if (keep === undefined) {
    const dir = await mkdtemp(join(tmpdir(), 'cloison-demo-'))
    return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
  }
  const dir = resolve(keep)
  const present = await readdir(dir).catch(() => [])
  if (present.length > 0 && !(await isKeptDemo(dir))) {
    throw new DemoError(
      'FOLDER_NOT_EMPTY',
      `${keep} holds files already; name a new or an empty folder.`,
    )
  }
  return { dir, [Symbol.asyncDispose]: () => Promise.resolve() }
}

async function runStory(demo: PreparedDemo, running: RunningDemo, io: CliIo): Promise<void> {
  const clock = { now: () => io.now() }
  await tellStory(demo, running, { clock, say: (line) => io.stdout(`${line}\n`) })
}

/** The pages, until a signal; a process of the demo that ends by itself ends the demo. */
async function showPages(
  { prepared, identityFile }: { readonly prepared: PreparedDemo; readonly identityFile?: string },
  running: RunningDemo,
  io: CliIo,
): Promise<void> {
  const tell = (what: string): void => io.stderr(`${what}\n`)
  await using pages = await runPages(prepared, running, { tell, identityFile })
  io.stdout(`${JSON.stringify({ event: 'listening', port: pages.port, pid: process.pid })}\n`)
  io.stderr(`Open http://localhost:${pages.port} in a browser; stop with Ctrl-C.\n`)
  const lost = running.lost.then((name) => {
    throw new DemoError('PROCESS_LOST', `the process of ${name} ended; the demo cannot go on.`)
  })
  await Promise.race([untilSignal(), lost])
}

/** A mistake in the file is told before anything is made. */
async function checkIdentity({ identity, story }: DemoOptions): Promise<void> {
  if (identity === undefined) return
  if (story === true)
    throw new NodeError(
      'CONFIG_INVALID',
      'The story has no pages; leave --identity or --story out.',
    )
  await readIdentityFile(identity, ({ role }) => `http://${role}.localhost`)
}

/** Whether the caller can mend it by another option or file. */
function isUsage(cause: unknown): boolean {
  if (cause instanceof DemoError) return cause.code === 'FOLDER_NOT_EMPTY'
  return (
    cause instanceof NodeError &&
    (cause.code === 'CONFIG_INVALID' || cause.code === 'CONFIG_UNREADABLE')
  )
}

/** The demo of a folder that holds one, else a new one in it. */
async function demoIn(
  dir: string,
  { port, story }: DemoOptions,
  tell: (what: string) => void,
): Promise<PreparedDemo> {
  if (!(await isKeptDemo(dir))) return await prepareDemo(dir, port ?? defaultPort, tell)
  if (port !== undefined || story === true)
    throw new DemoError(
      'FOLDER_NOT_EMPTY',
      'A kept demo goes on at its own ports and tells no story; leave --port and --story out.',
    )
  tell('reading the kept demo')
  return await openKeptDemo(dir)
}

async function run(options: DemoOptions, io: CliIo): Promise<void> {
  const startedAtMs = io.now()
  const seconds = (): string => ((io.now() - startedAtMs) / 1000).toFixed(1)
  const tell = (what: string): void => io.stderr(`[${seconds()} s] ${what}\n`)
  await checkIdentity(options)
  await using folder = await demoFolder(options.keep)
  const prepared = await demoIn(folder.dir, options, tell)
  tell('starting five witnesses, the case system and four gateways')
  {
    await using running = await startDemo(prepared, tell)
    tell('ready')
    if (options.story !== true) {
      const identityFile = options.identity
      return await showPages(
        identityFile === undefined ? { prepared } : { prepared, identityFile },
        running,
        io,
      )
    }
    await runStory(prepared, running, io)
  }
  io.stdout(`Everything was as it should be (${seconds()} s).\n`)
  if (options.keep === undefined) return
  io.stdout(
    `Kept in ${options.keep}; try: cloison log verify ${join(options.keep, 'tax', 'log')}\n`,
  )
}

/** `cloison demo`: three agencies, a witness and an inspector on this machine, with synthetic people. */
export function demoCommand(io: CliIo): Command {
  return new Command('demo')
    .enablePositionalOptions()
    .description('Runs three agencies, a witness and an inspector with 100,000 synthetic people.')
    .addHelpText('before', examples)
    .option(
      '--port <port>',
      `first of the ports that are used; ${defaultPort} unless given`,
      portNumber,
    )
    .option('--story', 'run the story without a person, tell and check each step, then end')
    .option(
      '--keep <dir>',
      'leave everything of every organisation in DIR, and go on with it later',
    )
    .option('--identity <file>', "sign in with the OpenID provider of FILE, not the demo's own")
    .addCommand(demoFillCommand(io))
    .action(async (options: DemoOptions) => {
      try {
        await run(options, io)
      } catch (cause) {
        io.stderr(`cloison demo: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
        io.exit(isUsage(cause) ? 2 : 1)
      }
    })
}
