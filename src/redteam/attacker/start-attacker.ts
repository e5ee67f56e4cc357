import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { RedteamError } from '../redteam-error.ts'
import type { AttackerOrder, AttackerReply, AttackerReport } from './attacker-messages.ts'

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const program = fileURLToPath(new URL(`./attacker-process${extension}`, import.meta.url))

/** An attacking process, ready. */
export interface Attacker extends Disposable {
  readonly pid: number
  /**
   * Sends everything and resolves with what came back.
   *
   * @throws {@link RedteamError} `RUN_REJECTED` when the process or the provider is lost
   */
  attack(order: AttackerOrder): Promise<AttackerReport>
}

/** Starts one. */
export async function startAttacker(): Promise<Attacker> {
  const child = fork(program, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const reply = (): Promise<AttackerReply> => {
    const { promise, resolve, reject } = Promise.withResolvers<AttackerReply>()
    const lost = (): void =>
      reject(new RedteamError('RUN_REJECTED', 'An attacking process ended too early.'))
    child.once('exit', lost)
    child.once('message', (message: AttackerReply) => {
      child.off('exit', lost)
      resolve(message)
    })
    return promise
  }
  await reply()
  return {
    pid: child.pid ?? 0,
    async attack(order) {
      const answer = reply()
      child.send(order)
      const said = await answer
      if (said.type === 'report') return said.report
      const reason = said.type === 'failed' ? said.reason : said.type
      throw new RedteamError('RUN_REJECTED', `An attacking process failed: ${reason}.`)
    },
    [Symbol.dispose]: () => child.disconnect(),
  }
}

/** Two processes at once, each with every second body; resolves with both reports. */
export async function attackFromTwo(
  order: AttackerOrder,
): Promise<readonly [AttackerReport, AttackerReport]> {
  using one = await startAttacker()
  using other = await startAttacker()
  const half = (rest: number): readonly Uint8Array[] =>
    order.bodies.filter((_body, place) => place % 2 === rest)
  return await Promise.all([
    one.attack({ ...order, bodies: half(0) }),
    other.attack({ ...order, bodies: half(1) }),
  ])
}
