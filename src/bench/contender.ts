import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bestEd25519, claimPort, systemClock, systemRandomness } from '../platform/index.ts'
import { type BenchProcess, startBenchProcess } from './bench-process.ts'
import { benchAgreementId, benchPurpose } from './fixture/bench-agreement.ts'
import { startCaseSystem } from './fixture/case-system.ts'
import { type BenchWorld, foundBench } from './fixture/found-bench.ts'
import type { AskTarget } from './load/ask-maker.ts'
import { type LoadHost, startLoad } from './load/load-host.ts'
import { findRival } from './rival/find-rival.ts'
import { startRival } from './rival/start-rival.ts'

/** A server under load. */
export interface Contender {
  readonly name: string
  readonly load: LoadHost
  /** Roots of the process trees that do the work. */
  readonly pids: readonly number[]
}

/** A server under load, with what must be stopped. */
export interface RunningContender extends AsyncDisposable {
  readonly contender: Contender
}

/** How large the world is that a contender is started in. */
export interface ContenderWorld {
  readonly dir: string
  readonly people: number
  /** Questions that all rounds together may ask. */
  readonly questions: number
  /** A folder for CPU profiles of the gateways. */
  readonly profile?: string | undefined
}

const questionsPerOfficial = 150

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const cli = fileURLToPath(new URL(`../cli/main${extension}`, import.meta.url))

function depsOf() {
  return { clock: systemClock, randomness: systemRandomness, ed25519: bestEd25519() }
}

function serve(name: string, configFile: string, profile?: string): Promise<BenchProcess> {
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const args = [...profiling, cli, 'serve', '-c', configFile]
  return startBenchProcess({ name, command: process.execPath, args })
}

async function worldOf({ dir, people, questions }: ContenderWorld): Promise<BenchWorld> {
  return {
    dir,
    people,
    officials: Math.ceil(questions / questionsPerOfficial),
    publicPort: await claimPort(),
    adminPort: await claimPort(),
  }
}

/** Starts a provider's gateway; the load signs its questions as the consumer. */
export async function startGateway(world: ContenderWorld): Promise<RunningContender> {
  await using stack = new AsyncDisposableStack()
  const { configFile, trust } = await foundBench(await worldOf(world), depsOf())
  const gateway = stack.use(await serve('gateway', configFile, world.profile))
  const settings = { kind: 'gateway', port: gateway.port, trust } as const
  const load = stack.use(await startLoad(settings, join(world.dir, 'load-gateway.json')))
  const owned = stack.move()
  return {
    contender: { name: 'gateway', load, pids: [gateway.pid] },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/**
 * Starts a consumer's and a provider's gateway, which speak TLS 1.3 with each other and show pinned
 * certificates, and a case system; the load asks the consumer's.
 */
export async function startPair(world: ContenderWorld): Promise<RunningContender> {
  await using stack = new AsyncDisposableStack()
  const deps = depsOf()
  const caseSeed = deps.randomness.bytes(32)
  const cases = stack.use(await startCaseSystem({ seed: caseSeed, purpose: benchPurpose }, deps))
  const ports = { publicPort: await claimPort(), adminPort: await claimPort() }
  const asking = { ...ports, caseSeed, caseUrl: cases.url }
  const pair = { ...(await worldOf(world)), consumer: asking }
  const { configFile, consumer } = await foundBench(pair, deps)
  if (consumer === undefined) throw new TypeError('the pair has a consumer')
  const provider = stack.use(await serve('gateway', configFile, world.profile))
  const asker = stack.use(await serve("consumer's gateway", consumer.configFile, world.profile))
  const target: AskTarget = {
    authority: `127.0.0.1:${asker.port}`,
    certificate: consumer.certificate,
    token: consumer.token,
    agreement: benchAgreementId,
    people: world.people,
    officials: pair.officials,
  }
  const settings = { kind: 'consumer', port: asker.port, target } as const
  const load = stack.use(await startLoad(settings, join(world.dir, 'load-consumer.json')))
  const owned = stack.move()
  return {
    contender: { name: 'both gateways', load, pids: [provider.pid, asker.pid] },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Starts the rival, or says what to install. */
export async function startRivalUnderLoad({
  dir,
  people,
}: Pick<ContenderWorld, 'dir' | 'people'>): Promise<RunningContender | string> {
  const found = findRival()
  if (found.state === 'missing') return found.install
  await using stack = new AsyncDisposableStack()
  const rival = stack.use(await startRival(found, { dir, people }))
  const settings = { kind: 'rival', port: rival.port, target: rival.target } as const
  const load = stack.use(await startLoad(settings, join(dir, 'load-rival.json')))
  const owned = stack.move()
  return {
    contender: { name: 'rival', load, pids: rival.pids },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
