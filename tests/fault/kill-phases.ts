import { type FSWatcher, watch } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where in the gateway's work a `kill -9` is aimed at. */
export const killPhases = [
  'idle',
  'start',
  'before-first-answer',
  'mid-load',
  'state-commit',
  'head-commit',
  'publish',
] as const

/** One of {@link killPhases}. */
export type KillPhase = (typeof killPhases)[number]

const longestAimMs = 3_000

/** Resolves at the first change in `folder` that `isIt`, or after three seconds: then the aim was missed. */
async function untilChange(
  folder: string,
  isIt: (name: string) => boolean,
): Promise<'hit' | 'missed'> {
  const seen = Promise.withResolvers<'hit' | 'missed'>()
  const watcher: FSWatcher = watch(folder, { recursive: true }, (_event, name) => {
    if (name !== null && isIt(name)) seen.resolve('hit')
  })
  const timer = setTimeout(() => seen.resolve('missed'), longestAimMs)
  try {
    return await seen.promise
  } finally {
    clearTimeout(timer)
    watcher.close()
  }
}

/**
 * Waits for the moment of a phase while the gateway is at work: `state-commit` and `head-commit` for
 * a write to the one store's write-ahead log or the other's, `publish` for a temporary file of the
 * published folder. The other phases have no moment to wait for here.
 */
export async function aimAt(phase: KillPhase, dir: string): Promise<'hit' | 'missed'> {
  switch (phase) {
    case 'state-commit':
      return untilChange(dir, (name) => name === 'state.db-wal')
    case 'head-commit':
      return untilChange(dir, (name) => name === 'head.db-wal')
    case 'publish':
      await mkdir(join(dir, 'log'), { recursive: true })
      return untilChange(join(dir, 'log'), (name) => name.includes('.tmp-'))
    case 'idle':
    case 'start':
    case 'before-first-answer':
    case 'mid-load':
      return 'hit'
  }
}
