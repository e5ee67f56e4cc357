import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { encodeBase64 } from '../../bytes/index.ts'
import { computeEpochMap } from '../../oversight/index.ts'
import { type SubjectHandles, subjectHandles } from '../../person/index.ts'
import { sodiumEdwards, systemRandomness } from '../../platform/index.ts'
import {
  createStateStore,
  openStateReader,
  openStateStore,
  type SqliteReader,
} from '../../storage/sqlite/index.ts'
import { type BenchReport, figure } from '../bench-report.ts'
import { fsyncLatencyMs } from '../fsync-latency.ts'
import { describeCpu } from '../machine.ts'
import type { Tell } from '../person-bench.ts'

/** How epochs are measured. */
export interface EpochBenchOptions {
  readonly rounds: number
  /** Subjects with a chain of three entries each. */
  readonly chains: number
}

const origin = 'tax.localhost/log/2026h2'
const linksEach = 3
const chainsABatch = 1000
const handlesARound = 500

/** As the gateway's, but a process that only measures must not end while it waits. */
const timers = { sleep: (ms: number): Promise<void> => sleep(ms) }

function random(): string {
  return encodeBase64(systemRandomness.bytes(32))
}

async function fillStore(path: string, chains: number): Promise<number> {
  createStateStore(path)
  using store = openStateStore(path)
  await store.transaction((tx) => tx.openLog(origin))
  let index = 0
  for (let first = 0; first < chains; first += chainsABatch) {
    await store.transaction(async (tx) => {
      for (let at = first; at < Math.min(first + chainsABatch, chains); at += 1) {
        const subjectHandle = random()
        let prev: string | undefined
        for (let seq = 0; seq < linksEach; seq += 1) {
          const commitment = random()
          const c = systemRandomness.bytes(32)
          const place = { origin, index }
          await tx.saveChain({ place, subjectHandle, chain: 'open', seq, commitment, prev, c })
          prev = commitment
          index += 1
        }
      }
    })
  }
  return index
}

/** One round: the map of all chains, in seconds of wall and of processor time, and its memory. */
async function mapRound(
  reader: SqliteReader,
  size: number,
): Promise<{ readonly seconds: number; readonly cpu: number }> {
  const subjects = subjectHandles(systemRandomness.bytes(32), sodiumEdwards())
  const begun = performance.now()
  const before = process.cpuUsage()
  const salt = systemRandomness.bytes(32)
  await computeEpochMap({ epoch: 0, origin, size }, salt, {
    reader,
    subjects,
    timers,
  })
  const { user, system } = process.cpuUsage(before)
  return { seconds: (performance.now() - begun) / 1000, cpu: (user + system) / 1_000_000 }
}

/** Milliseconds for a handle; other subjects each round unless they are to be remembered. */
function handleRound(subjects: SubjectHandles, from: number): number {
  const begun = performance.now()
  for (let at = from; at < from + handlesARound; at += 1)
    subjects.handleOf({ scheme: 'demo-nin', value: String(at) })
  return (performance.now() - begun) / handlesARound
}

/**
 * Measures what an epoch costs: the map of all chains out of a real store, and a subject's handle,
 * computed and remembered.
 */
export async function runEpochBench(
  { rounds, chains }: EpochBenchOptions,
  tell: Tell,
): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-bench-'))
  try {
    const path = join(folder, 'state.db')
    tell(`writing ${chains} chains of ${linksEach} entries`)
    const size = await fillStore(path, chains)
    using reader = openStateReader(path)
    const maps: { readonly seconds: number; readonly cpu: number }[] = []
    const subjects = subjectHandles(systemRandomness.bytes(32), sodiumEdwards())
    const [fresh, kept]: [number[], number[]] = [[], []]
    handleRound(subjects, 0)
    for (let round = 1; round <= rounds; round += 1) {
      tell(`round ${round} of ${rounds}`)
      maps.push(await mapRound(reader, size))
      fresh.push(handleRound(subjects, round * handlesARound))
      kept.push(handleRound(subjects, round * handlesARound))
    }
    return {
      name: 'epoch',
      figures: [
        figure(
          `map of ${chains} chains`,
          's',
          maps.map(({ seconds }) => seconds),
        ),
        figure(
          'processor time of a map',
          's',
          maps.map(({ cpu }) => cpu),
        ),
        figure('handle of a subject, first time', 'ms', fresh),
        figure('handle of a subject, remembered', 'ms', kept),
      ],
      fsyncMs: fsyncLatencyMs(folder),
      cpu: describeCpu(),
      node: process.version,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
