import { type FaultName, faultNames, type FaultRates, Faults } from './faults.ts'
import { seededRandom } from './seeded-random.ts'

/** One fault at one call: the n-th time that a port is called there, counted from 1. */
export interface PlannedFault {
  readonly name: FaultName
  /** `process port.method`, as in the trace. */
  readonly point: string
  readonly occurrence: number
  /** How many calls from there on fail; a full disk stays full for a while. 1 when left out. */
  readonly times?: number
}

const never = Object.fromEntries(faultNames.map((name) => [name, 0])) as FaultRates

/** Faults of which exactly one strikes, at a named place. */
export class OneFault extends Faults {
  readonly #plan: PlannedFault
  #seen = 0

  constructor(plan: PlannedFault) {
    super(never, seededRandom('one fault'))
    this.#plan = plan
  }

  override strikes(name: FaultName, point?: string): boolean {
    const { occurrence, times = 1 } = this.#plan
    if (!this.isOn || name !== this.#plan.name || point !== this.#plan.point) return false
    this.#seen += 1
    if (this.#seen < occurrence || this.#seen >= occurrence + times) return false
    this.note(name)
    return true
  }
}
