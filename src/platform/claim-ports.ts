import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

/**
 * Below the ports that Linux gives to connections that programs open (32768 to 60999): a port that is free
 * now can't be taken by one of those before it is listened on.
 */
const range: PortRange = { least: 20_000, count: 12_000 }

/** Ports from `least` on, `count` of them. */
export interface PortRange {
  readonly least: number
  readonly count: number
}

function listens(server: Server, at: { path: string } | { host: string; port: number }) {
  return new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(at, () => resolve(true))
  })
}

/** A name that one process of this machine can hold, and that is free again when it ends, however it ends. */
async function claim(port: number): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const holder = createServer()
  if (!(await listens(holder, { path: `\0cloison-port-${port}` }))) return false
  holder.unref()
  return true
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  if (!(await listens(probe, { host: '127.0.0.1', port }))) return false
  await new Promise((resolve) => probe.close(resolve))
  return true
}

/**
 * Ports of the loopback address on which nothing listens, for programs that are about to be started: the
 * caller's until its process ends. Law: no two callers, in whatever processes, are given one port while both
 * live, and no connection that somebody opens takes one of them (Linux; elsewhere they were free at the call).
 *
 * @throws RangeError if there are not as many
 */
export async function claimPorts(
  count: number,
  among: PortRange = range,
): Promise<readonly number[]> {
  const ports: number[] = []
  const first = randomInt(among.count)
  for (let step = 0; step < among.count && ports.length < count; step += 1) {
    const port = among.least + ((first + step) % among.count)
    if ((await claim(port)) && (await isFree(port))) ports.push(port)
  }
  if (ports.length < count) throw new RangeError(`there are no ${count} free ports`)
  return ports
}

/** One port, as {@link claimPorts} gives them. */
export async function claimPort(): Promise<number> {
  const [port = 0] = await claimPorts(1)
  return port
}
