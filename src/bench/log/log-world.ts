import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  parsePolicy,
  parseVerifierKey,
  type Policy,
  type VerifierKey,
} from '../../log/verify/index.ts'
import type { WriterSettings } from '../../node/index.ts'
import { defaultRetention, type KnownAgreement } from '../../person/index.ts'
import { bestEd25519, claimPort, systemClock, systemRandomness } from '../../platform/index.ts'
import type { BenchTrust } from '../fixture/bench-trust.ts'
import { foundBench } from '../fixture/found-bench.ts'
import { readBenchAgreement } from '../load/known-parties.ts'

/** People in the register of a world; its agreement's caps are as wide. */
export const worldPeople = 20_000

/** An organisation on disk whose log is measured, as `cloison serve` would take it. */
export interface LogWorld {
  readonly folder: string
  readonly configFile: string
  /** How the gateway opens its writer. */
  readonly settings: WriterSettings
  readonly key: VerifierKey
  readonly policy: Policy
  readonly agreement: KnownAgreement
  readonly trust: BenchTrust
  /** Where it is published. */
  readonly published: string
}

/** Founds the world in an empty or missing folder, with an empty log. */
export async function foundLogWorld(dir: string): Promise<LogWorld> {
  const deps = { clock: systemClock, randomness: systemRandomness, ed25519: bestEd25519() }
  const ports = { publicPort: await claimPort(), adminPort: await claimPort() }
  const world = { dir, people: worldPeople, officials: 1, ...ports }
  const { configFile, trust } = await foundBench(world, deps)
  const folder = dirname(configFile)
  const key = parseVerifierKey(trust.provider.logVerifierKey)
  return {
    folder,
    configFile,
    key,
    trust,
    policy: parsePolicy(readFileSync(join(folder, 'policy.txt'), 'utf8')),
    agreement: readBenchAgreement(trust).known,
    published: join(folder, 'log'),
    settings: {
      organisation: trust.provider.id,
      origin: key.name,
      statePath: join(folder, 'state.db'),
      headPath: join(folder, 'head.db'),
      lockPath: join(folder, 'state.db-writer'),
      logKeyFiles: [join(folder, 'keys', 'log.key')],
      recordKeyFolder: join(folder, 'keys', 'record'),
      timeLock: { milliseconds: 1, demo: true },
      retention: defaultRetention,
    },
  }
}
