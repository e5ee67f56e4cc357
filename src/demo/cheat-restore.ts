import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type RestoreNoticer,
  type RestorePart,
  type RestoreRow,
  restoreParts,
} from '../web/index.ts'
import type { CheatAttempt } from './cheat-attempt.ts'
import { DemoError } from './demo-error.ts'
import { startProcess } from './processes.ts'
import { foundRestoreOrganisation } from './restore-organisation.ts'
import { runUntilListening, type TriedStart } from './run-until-listening.ts'

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const cli = fileURLToPath(new URL(`../cli/main${extension}`, import.meta.url))

const fileOf: Readonly<Record<RestorePart, string>> = {
  state: 'state.db',
  head: 'head.db',
  folder: 'log',
}

/** What a refused start says, by who noticed. */
const sentences: readonly (readonly [RestoreNoticer, RegExp])[] = [
  ['witness', /The witness \S+ (?:knows|has cosigned) /],
  ['head', /The head store knows \d+ entries/],
  ['state', /the head store ends at \d+: an older head store/],
  ['memory', /This gateway has published \d+ entries/],
  ['folder', /The published folder has tiles of \d+ entries/],
]

/** Every way to put some of the parts back, the single ones first. */
function combinations(): readonly (readonly RestorePart[])[] {
  const all = Array.from({ length: 2 ** restoreParts.length - 1 }, (_, place) =>
    restoreParts.filter((_part, bit) => ((place + 1) >> bit) % 2 === 1),
  )
  return all.toSorted((one, other) => one.length - other.length)
}

async function liveOneDay(folder: string): Promise<void> {
  const tried = await runUntilListening([cli, 'serve', '-c', join(folder, 'cloison.yaml')])
  if (tried.state === 'ended') throw new DemoError('CHECK_FAILED', tried.message)
  await tried.stop()
}

/** A witness that is too busy for a start's question leaves it listening, with its gate shut: then it is started again. */
const mostStarts = 5

async function refusalOf(config: string): Promise<Extract<TriedStart, { state: 'ended' }>> {
  for (let starts = 0; starts < mostStarts; starts += 1) {
    const tried = await runUntilListening([cli, 'serve', '-c', config])
    if (tried.state === 'ended') return tried
    await tried.stop()
  }
  throw new DemoError('CHECK_FAILED', 'a restored log was accepted')
}

/** Starts today's folder with yesterday's parts in it; it must be refused, and say by whom. */
async function tryRestored(dir: string, parts: readonly RestorePart[]): Promise<RestoreRow> {
  const folder = join(dir, parts.join('-'))
  await cp(join(dir, 'today'), folder, { recursive: true })
  for (const part of parts) {
    await rm(join(folder, fileOf[part]), { recursive: true })
    await cp(join(dir, 'yesterday', fileOf[part]), join(folder, fileOf[part]), { recursive: true })
  }
  const tried = await refusalOf(join(folder, 'cloison.yaml'))
  const noticedBy = sentences.find(([, pattern]) => pattern.test(tried.message))?.[0]
  if (tried.exitCode !== 3 || noticedBy === undefined)
    throw new DemoError('CHECK_FAILED', tried.message)
  return { parts, noticedBy }
}

/**
 * Puts yesterday's state store, head store and published folder back into an organisation made for
 * this, singly and in every combination, and starts it: real processes on ports of their own, in a
 * temporary folder that is removed again. `tell` hears of each row when it is known.
 */
export async function cheatRestore(tell: (row: RestoreRow) => void): Promise<CheatAttempt> {
  const dir = await mkdtemp(join(tmpdir(), 'cloison-restore-'))
  try {
    const { folder, witnessConfig } = await foundRestoreOrganisation(dir)
    const args = [cli, 'witness', 'serve', '-c', witnessConfig]
    const witness = await startProcess({ name: 'witness of the copy', args })
    try {
      await liveOneDay(folder)
      await cp(folder, join(dir, 'yesterday'), { recursive: true })
      // The head store may trail by one commit; today has two.
      await liveOneDay(folder)
      await liveOneDay(folder)
      const restored: RestoreRow[] = []
      for (const parts of combinations()) {
        const row = await tryRestored(dir, parts)
        restored.push(row)
        tell(row)
      }
      return { moves: [], restored, stoppedBy: 'LOG_REGRESSED', entry: null }
    } finally {
      await witness.stop()
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
