import type { PortCall } from '../memory-store/index.ts'
import type { Faults } from './faults.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { VirtualScheduler } from './virtual-scheduler.ts'

/** What every life of a simulated process shares. */
export interface LifeDeps {
  readonly scheduler: VirtualScheduler
  readonly faults: Faults
  readonly random: SeededRandom
}

/** An input or output error of a simulated device. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError'
  readonly code: 'EIO' | 'ENOSPC'

  constructor(code: DeviceError['code']) {
    super(`${code}: injected`)
    this.code = code
  }
}

const writeMethods: ReadonlySet<string> = new Set([
  'insertEntries',
  'saveTiles',
  'commit',
  'sync',
  'writeHead',
  'swap',
  'replace',
  'create',
  'write',
  'fsync',
  'rename',
  'fsyncFolder',
])

/** Which faults a port has besides a crash: a device can fail to read, or also be full. */
export type PortKind = 'other' | 'read' | 'write'

/** A call of a port that is about to be carried out. */
interface PortEvent<Result> {
  readonly effect: () => Result | Promise<Result>
  readonly kind: PortKind
  /** `process port.method`, as in the trace. */
  readonly point: string
}

/**
 * One run of a simulated process, from its start to its end. Every call of a port goes through it, and
 * there it may end: before the effect or after. The promises of an ended life never settle, and so
 * whatever it held in memory is gone.
 */
export class ProcessLife {
  readonly name: string
  readonly #deps: LifeDeps
  readonly #mourners: (() => void)[] = []
  #isAlive = true

  constructor(name: string, deps: LifeDeps) {
    this.name = name
    this.#deps = deps
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** Calls `then` when this life ends. */
  onEnd(then: () => void): void {
    this.#mourners.push(then)
  }

  /** Ends the process at once, as `kill -9` does. */
  end(reason: string): void {
    if (!this.#isAlive) return
    this.#isAlive = false
    this.#deps.scheduler.note(`${this.name} ended: ${reason}`)
    for (const mourner of this.#mourners) mourner()
  }

  /** The calls of a port without a device, named `port.method` in the trace. */
  port(name: string): PortCall {
    return (method, effect) => this.call(`${name}.${method}`, effect)
  }

  /** The calls of a port in front of a device, with the device's faults. */
  device(name: string): PortCall {
    return (method, effect) => {
      const [verb = ''] = method.split(' ', 1)
      const kind = writeMethods.has(verb) ? 'write' : 'read'
      return this.call(`${name}.${method}`, effect, { kind })
    }
  }

  /** One call of a port: an event of its own, with whatever strikes it. */
  call<Result>(
    point: string,
    effect: () => Result | Promise<Result>,
    { kind = 'other', delayMs }: { readonly kind?: PortKind; readonly delayMs?: number } = {},
  ): Promise<Result> {
    if (!this.#isAlive) return new Promise(() => undefined)
    const { scheduler, random } = this.#deps
    return new Promise((resolve, reject) => {
      scheduler.after(delayMs ?? random.below(2), `${this.name} ${point}`, () =>
        this.#carry({ effect, kind, point: `${this.name} ${point}` }, { resolve, reject }),
      )
    })
  }

  async #carry<Result>(
    { effect, kind, point }: PortEvent<Result>,
    to: { readonly resolve: (result: Result) => void; readonly reject: (cause: unknown) => void },
  ): Promise<void> {
    if (!this.#isAlive) return
    const { faults } = this.#deps
    if (faults.strikes('crash before a port call', point)) return this.end('crash before')
    const refused = this.#refusal(kind, point)
    if (refused !== undefined) return to.reject(refused)
    try {
      const made = effect()
      const result = made instanceof Promise ? await made : made
      if (faults.strikes('crash after a port call', point)) return this.end('crash after')
      if (!this.#isAlive) return
      if (kind !== 'other' && faults.strikes('EIO after the effect', point)) {
        return to.reject(new DeviceError('EIO'))
      }
      to.resolve(result)
    } catch (cause) {
      to.reject(cause)
    }
  }

  /** What a device says instead of doing what it is for. */
  #refusal(kind: PortKind, point: string): DeviceError | undefined {
    const { faults } = this.#deps
    if (kind === 'write' && faults.strikes('ENOSPC', point)) return new DeviceError('ENOSPC')
    const fails = kind !== 'other' && faults.strikes('EIO before the effect', point)
    return fails ? new DeviceError('EIO') : undefined
  }
}
