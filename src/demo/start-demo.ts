import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { undiciHttpClient } from '../platform/index.ts'
import { demoOrganisations } from './demo-layout.ts'
import { openDemoYears } from './demo-tables.ts'
import type { PreparedDemo, Tell } from './prepare-demo.ts'
import { type RunningProcess, startProcess } from './processes.ts'

/** The demo's processes by name: each organisation's gateway and its `<id>-witness`, `witness`, `consent` and `cases`. */
export interface RunningDemo extends AsyncDisposable {
  readonly processes: ReadonlyMap<string, RunningProcess>
  /** Resolves with the name of the first process that ends without being told to. */
  readonly lost: Promise<string>
}

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const cli = fileURLToPath(new URL(`../cli/main${extension}`, import.meta.url))
const caseSystem = fileURLToPath(new URL(`./case-system-main${extension}`, import.meta.url))

function commands(
  dir: string,
): readonly { readonly name: string; readonly args: readonly string[] }[] {
  return [
    {
      name: 'witness',
      args: [cli, 'witness', 'serve', '-c', join(dir, 'witness', 'witness.yaml')],
    },
    {
      name: 'consent',
      args: [cli, 'consent', 'serve', '-c', join(dir, 'consent', 'consent.yaml')],
    },
    { name: 'cases', args: [caseSystem, '--config', join(dir, 'cases', 'settings.json')] },
    ...demoOrganisations.map(({ id }) => ({
      name: id,
      args: [cli, 'serve', '-c', join(dir, id, 'cloison.yaml')],
    })),
    ...demoOrganisations.map(({ id }) => ({
      name: `${id}-witness`,
      args: [cli, 'witness', 'serve', '-c', join(dir, id, 'witness.yaml')],
    })),
  ]
}

/** Stops gateways before the witnesses, so that their last checkpoints are cosigned. */
async function stopAll(processes: ReadonlyMap<string, RunningProcess>): Promise<void> {
  const isWitness = (name: string): boolean => name.endsWith('witness')
  const named = [...processes]
  const stop = (some: typeof named): Promise<unknown> =>
    Promise.all(some.map(([, process]) => process.stop()))
  await stop(named.filter(([name]) => !isWitness(name)))
  await stop(named.filter(([name]) => isWitness(name)))
}

/**
 * Starts the witnesses, the issuer of consent, the case system and the four gateways, each a process of its own, and resolves
 * when all of them listen and a year of tables is open. If one cannot start, the others are stopped again.
 */
export async function startDemo(demo: PreparedDemo, tell: Tell): Promise<RunningDemo> {
  const processes = new Map<string, RunningProcess>()
  let stopping = false
  const lost = Promise.withResolvers<string>()
  const onLine = (line: string): void => tell(line)
  try {
    const started = await Promise.allSettled(
      commands(demo.dir).map(async (plan) => ({
        name: plan.name,
        running: await startProcess({ ...plan, onLine }),
      })),
    )
    for (const result of started) {
      if (result.status === 'fulfilled') processes.set(result.value.name, result.value.running)
    }
    const failure = started.find((result) => result.status === 'rejected')
    if (failure !== undefined) throw failure.reason
    await using http = undiciHttpClient()
    await openDemoYears(demo, http)
  } catch (cause) {
    await stopAll(processes)
    throw cause
  }
  for (const [name, { ended }] of processes) {
    void ended.then(() => (stopping ? undefined : lost.resolve(name)))
  }
  return {
    processes,
    lost: lost.promise,
    async [Symbol.asyncDispose]() {
      stopping = true
      await stopAll(processes)
    },
  }
}
