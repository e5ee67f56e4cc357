import type { SeededRandom } from './seeded-random.ts'

/** Everything that a simulation breaks. */
export const faultNames = [
  'crash before a port call',
  'crash after a port call',
  'EIO before the effect',
  'EIO after the effect',
  'ENOSPC',
  'request dropped',
  'response dropped',
  'message duplicated',
  'message delayed',
  'message reordered',
  'partition',
  'clock forward',
  'clock back',
  'machine asleep',
  'register away',
  'noise from a stranger',
] as const

/** One of {@link faultNames}. */
export type FaultName = (typeof faultNames)[number]

/** How often each fault is injected where it can be, as a probability. */
export type FaultRates = Readonly<Record<FaultName, number>>

/** The rates of a seed: some faults are off, some on, some frequent (swarm testing). */
export function drawRates(random: SeededRandom): FaultRates {
  const rate = (usual: number): number => usual * random.pick([0, 0.3, 1, 1, 3])
  const rates: [FaultName, number][] = [
    ['crash before a port call', rate(0.0012)],
    ['crash after a port call', rate(0.0012)],
    ['EIO before the effect', rate(0.0006)],
    ['EIO after the effect', rate(0.0006)],
    ['ENOSPC', rate(0.0006)],
    ['request dropped', rate(0.04)],
    ['response dropped', rate(0.06)],
    ['message duplicated', rate(0.06)],
    ['message delayed', rate(0.08)],
    ['message reordered', rate(0.1)],
    ['partition', rate(0.15)],
    ['clock forward', rate(0.06)],
    ['clock back', rate(0.04)],
    ['machine asleep', rate(0.015)],
    ['register away', rate(0.05)],
    ['noise from a stranger', rate(0.2)],
  ]
  return Object.fromEntries(rates) as FaultRates
}

/** Decides whether a fault strikes, and counts those that did. */
export class Faults {
  /** How often each fault has struck. */
  readonly counts: Map<FaultName, number> = new Map()
  readonly #rates: FaultRates
  readonly #random: SeededRandom
  #isOn = false

  constructor(rates: FaultRates, random: SeededRandom) {
    this.#rates = rates
    this.#random = random
  }

  /** Before this, and after {@link heal}, nothing strikes. */
  begin(): void {
    this.#isOn = true
  }

  /** No fault strikes from here on. */
  heal(): void {
    this.#isOn = false
  }

  /** Whether faults strike at all at the moment. */
  get isOn(): boolean {
    return this.#isOn
  }

  /**
   * Whether the fault strikes now, at the call `process port.method` where there is one. Draws the same
   * whether faults are on or not.
   */
  strikes(name: FaultName, _point?: string): boolean {
    const drawn = this.#random.chance(this.#rates[name])
    if (!drawn || !this.#isOn) return false
    this.note(name)
    return true
  }

  /** Counts a fault that has struck. */
  protected note(name: FaultName): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }
}
