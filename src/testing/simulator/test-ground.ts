import { drawRates, type FaultName, faultNames, type FaultRates, Faults } from './faults.ts'
import { ProcessLife } from './process-life.ts'
import { seededRandom } from './seeded-random.ts'
import { VirtualScheduler } from './virtual-scheduler.ts'

/** A scheduler and faults of which only one strikes, always, for tests of the simulator itself. */
export interface TestGround {
  readonly scheduler: VirtualScheduler
  readonly faults: Faults
  life(name: string): ProcessLife
  /** Runs every event there is. */
  settle(): Promise<void>
}

function certain(fault: FaultName | undefined): FaultRates {
  const rates = { ...drawRates(seededRandom('rates')) }
  for (const name of faultNames) Object.assign(rates, { [name]: name === fault ? 1 : 0 })
  return rates
}

/** Lays the ground; `nextTurn` is the event loop's own. */
export function testGround(nextTurn: () => Promise<void>, fault?: FaultName): TestGround {
  const random = seededRandom('test')
  const scheduler = new VirtualScheduler({ startMs: 1_000, random, nextTurn })
  const faults = new Faults(certain(fault), random)
  faults.begin()
  return {
    scheduler,
    faults,
    life: (name) => new ProcessLife(name, { scheduler, faults, random }),
    async settle() {
      while (await scheduler.step()) {
        // Every event may have made others.
      }
    },
  }
}

/** What a call came to, as its caller can tell: `nothing` until it settles. */
export function hear(promise: Promise<unknown>): { heard: string } {
  const ear = { heard: 'nothing' }
  void listen(promise, ear)
  return ear
}

async function listen(promise: Promise<unknown>, ear: { heard: string }): Promise<void> {
  try {
    ear.heard = `result ${String(await promise)}`
  } catch (cause) {
    ear.heard = String(cause)
  }
}
