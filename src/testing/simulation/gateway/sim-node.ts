import { type LifeDeps, ProcessLife, type SeededRandom } from '../../simulator/index.ts'
import { type ServingGateway, type SimGatewayDeps, startSimGateway } from './sim-gateway.ts'

/** Why a gateway refuses its own disk. Without tampering none of these may ever happen. */
const refusals: ReadonlySet<string> = new Set([
  'LOG_MISSING',
  'LOG_REGRESSED',
  'LOG_FORKED',
  'ROOT_MISMATCH',
  'NODE_MISSING',
  'TILE_MALFORMED',
])

/** What keeping a process running needs. */
export interface SimNodeDeps {
  readonly name: string
  readonly lives: LifeDeps
  readonly random: SeededRandom
  /** Hears when the disk was refused at a start. */
  readonly onRefusal: (code: string) => void
}

/** A gateway and whoever starts it again whenever it ends. */
export class SimNode {
  readonly #gateway: SimGatewayDeps
  readonly #deps: SimNodeDeps
  #count = 0
  #serving: ServingGateway | undefined

  constructor(gateway: SimGatewayDeps, deps: SimNodeDeps) {
    this.#gateway = gateway
    this.#deps = deps
  }

  /** The life that serves now, if one does. */
  get serving(): ServingGateway | undefined {
    return this.#serving
  }

  /** How many lives there were. */
  get lives(): number {
    return this.#count
  }

  /** Begins the next life. */
  start(): void {
    this.#count += 1
    const { name, lives, random } = this.#deps
    const life = new ProcessLife(name, lives)
    life.onEnd(() => {
      this.#serving = undefined
      lives.scheduler.after(random.between(200, 2_000), `${name} starts`, () => this.start())
    })
    const randomness = random.fork(`life ${this.#count}`)
    void this.#begin(life, randomness)
  }

  async #begin(life: ProcessLife, randomness: SeededRandom): Promise<void> {
    try {
      const serving = await startSimGateway(life, randomness, this.#gateway)
      if (life.isAlive) this.#serving = serving
    } catch (cause) {
      this.#failed(life, cause)
    }
  }

  #failed(life: ProcessLife, cause: unknown): void {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    if (refusals.has(code)) this.#deps.onRefusal(code)
    life.end(`could not start: ${code}`)
  }
}
