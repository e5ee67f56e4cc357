import * as z from 'zod'
import type { FoundingDeps } from '../../../node/index.ts'
import { systemTimers } from '../../../platform/index.ts'
import { budgetActBytes, signBudgetAct } from '../../../population/index.ts'
import { sides } from '../../../population/psi/index.ts'
import type { HttpClient } from '../../../ports/index.ts'
import { BenchError } from '../../bench-error.ts'
import { startBenchProcess } from '../../bench-process.ts'
import { cliProgram } from '../../log/cli-program.ts'
import { type BenchParty, benchParties, holderOf } from './bench-parties.ts'
import type { FoundedJoin } from './found-join.ts'
import { type PartyCalls, partyCalls } from './party-calls.ts'

/** Four gateways that run, with both years open and both agreements in force. */
export interface RunningJoin extends AsyncDisposable {
  readonly founded: FoundedJoin
  readonly calls: Readonly<Record<BenchParty, PartyCalls>>
  readonly pids: Readonly<Record<BenchParty, number>>
}

const mostTries = 300
const pauseMs = 100
const readySchema = z.object({ logSize: z.int() })
const pairsSchema = z.array(
  z.object({ left: z.object({ state: z.string() }), right: z.object({ state: z.string() }) }),
)

/** How many entries a gateway's log has. */
export async function entriesOf(calls: PartyCalls): Promise<number> {
  return readySchema.parse(await calls.get('/readyz')).logSize
}

/**
 * Starts all four gateways, each a process of its own that speaks HTTP on this machine, and waits until a question can be asked.
 *
 * @throws {@link BenchError} `PROCESS_LOST`, `RUN_REJECTED`
 */
export async function startJoin(
  founded: FoundedJoin,
  http: HttpClient,
  deps: FoundingDeps,
): Promise<RunningJoin> {
  await using stack = new AsyncDisposableStack()
  const start = async (party: BenchParty): Promise<number> => {
    const args = [cliProgram, 'serve', '-c', founded.parties[party].configFile]
    const plan = {
      name: `gateway of ${party}`,
      command: process.execPath,
      args,
      patienceMs: 300_000,
    }
    return stack.use(await startBenchProcess(plan)).pid
  }
  const started = await Promise.all(benchParties.map(start))
  const pidOf = (party: BenchParty): number => started[benchParties.indexOf(party)] ?? 0
  const callsOf = (party: BenchParty): PartyCalls =>
    partyCalls(founded.parties[party], founded.token, http)
  const calls = {
    tax: callsOf('tax'),
    housing: callsOf('housing'),
    social: callsOf('social'),
    inspector: callsOf('inspector'),
  }
  for (const side of sides) {
    const act = yearOf(founded.parties[holderOf[side]], deps)
    await untilTaken(() => calls[holderOf[side]].act('/v1/budgets', act))
  }
  await untilAskable(calls.social)
  const owned = stack.move()
  return {
    founded,
    calls,
    pids: {
      tax: pidOf('tax'),
      housing: pidOf('housing'),
      social: pidOf('social'),
      inspector: pidOf('inspector'),
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** The officer's act that opens a year of a holder's population. */
function yearOf(
  { organisation }: FoundedJoin['parties'][BenchParty],
  { clock, ed25519 }: FoundingDeps,
): Uint8Array {
  const act = {
    v: 1,
    organisation: organisation.id,
    population: 'residents',
    composition: 'basic',
    microEpsilon: 1_000_000,
    deltaExponent: 6,
    perAnalystMicroEpsilon: null,
    fromMs: clock.now(),
    signatures: [],
  } as const
  const signer = { organisation: organisation.id, role: 'dpo', seed: organisation.dpoSeed } as const
  return budgetActBytes(signBudgetAct(act, signer, ed25519))
}

/** A log that has just been opened takes no entry yet. */
async function untilTaken(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await act()
      return
    } catch (cause) {
      const isEarly = cause instanceof BenchError && cause.cause === 'LOG_UNAVAILABLE'
      if (!isEarly || tries >= mostTries) throw cause
      await systemTimers.sleep(pauseMs)
    }
  }
}

async function untilAskable(social: PartyCalls): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [pair] = pairsSchema.parse(
      await social.ask('/v1/statistics/joins/agreements', { analyst: 'bench' }),
    )
    if (pair?.left.state === 'active' && pair.right.state === 'active') return
    await systemTimers.sleep(pauseMs)
  }
  throw new BenchError('RUN_REJECTED', 'The agreements of the join do not come into force.')
}
