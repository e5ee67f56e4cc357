import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds: many times what anything here takes on a machine that does much else. */
const patienceMs = 300_000

/** A process from which something is waited for. */
export interface AwaitedProcess {
  readonly child: { readonly exitCode: number | null; readonly signalCode: string | null }
  stderr(): string
}

/**
 * Looks again and again until there is something, and gives it.
 *
 * @throws Error with what a process said once that has ended; or after five minutes
 */
export async function waitUntil<Found>(
  what: string,
  look: () => Found | undefined | Promise<Found | undefined>,
  from: readonly AwaitedProcess[] = [],
): Promise<Found> {
  const endsAtMs = performance.now() + patienceMs
  while (performance.now() < endsAtMs) {
    const gone = from.find(({ child }) => child.exitCode !== null || child.signalCode !== null)
    const found = await look()
    if (found !== undefined) return found
    if (gone !== undefined) throw new Error(`${what}: its process has ended: ${gone.stderr()}`)
    await sleep(50)
  }
  const said = from.map((one) => one.stderr()).join('\n')
  throw new Error(`${what} did not come in ${patienceMs / 1_000} s. ${said}`)
}
