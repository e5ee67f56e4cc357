import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeUtf8 } from '../../bytes/index.ts'
import { type RunningProcess, startProcess } from '../../demo/index.ts'
import { claimPort, systemRandomness } from '../../platform/index.ts'
import { type FoundedProvider, foundProvider } from './found-provider.ts'
import { Insider, type RedCase } from './insider.ts'
import { drawRedSecrets } from './red-consumer.ts'
import { sendOnce } from './wire.ts'

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/** The command line's script, to be run by this Node. */
export const redteamCli: string = fileURLToPath(
  new URL(`../../cli/main${extension}`, import.meta.url),
)

/** How the processes are started. */
export interface WorldWish {
  /** An empty or missing folder. */
  readonly dir: string
  /** Options of Node itself for every gateway; for tests. */
  readonly nodeOptions?: readonly string[]
}

/** What a gateway's inner listener says about itself to anybody. */
export interface GatewayHealth {
  readonly logSize: number
  readonly noise: Readonly<Record<string, number>>
}

/** The ground of the attacks: two real providers, and somebody inside their consumer. */
export interface RedWorld extends AsyncDisposable {
  readonly dir: string
  readonly nodeOptions: readonly string[]
  /** Its agreements are in force, but for those that are not. */
  readonly tax: FoundedProvider
  /** Its one agreement was published just now, under the usual lock. */
  readonly social: FoundedProvider
  readonly insider: Insider
  readonly processes: readonly RunningProcess[]
  /** An open case with an official and a person whom nobody has used before. */
  nextCase(): RedCase
  health(at: FoundedProvider): Promise<GatewayHealth>
}

/** Rows of each register. */
const people = 1_000
const population = 1_000_000
/** Officials of the consumer that both providers have enrolled. */
const officials: readonly string[] = Array.from(
  { length: 160 },
  (_, place) => `official-${String(place).padStart(4, '0')}`,
)

/** What the inner listener of a gateway says about itself. */
export async function healthOf({ admin }: FoundedProvider): Promise<GatewayHealth> {
  const { body } = await sendOnce(admin, { method: 'GET', path: '/readyz' })
  return JSON.parse(decodeUtf8(body)) as GatewayHealth
}

/** Starts a founded provider's gateway in a process of its own. */
export function serveProvider(
  { configFile, organisation }: FoundedProvider,
  nodeOptions: readonly string[],
): Promise<RunningProcess> {
  const args = [...nodeOptions, redteamCli, 'serve', '-c', configFile]
  return startProcess({ name: `gateway of ${organisation.id}`, args })
}

/** Founds and starts everything; resolves when both gateways listen. */
export async function startWorld({ dir, nodeOptions = [] }: WorldWish): Promise<RedWorld> {
  await mkdir(dir, { recursive: true })
  const secrets = drawRedSecrets(systemRandomness)
  const ports = async (): Promise<readonly [number, number]> => [
    await claimPort(),
    await claimPort(),
  ]
  const rest = { dir, secrets, officials, people, population, approximateNumber: people }
  const tax = await foundProvider({
    ...rest,
    id: 'tax',
    ports: await ports(),
    timeLockMs: 1,
    registers: ['income', 'residence', 'care'],
    agreements: [
      'rent-income',
      'rent-income-low',
      'rent-income-high',
      'rent-capped',
      'rent-address',
      'rent-hidden',
      'care-disability',
      'care-friends',
      'care-emergency',
      'rent-suspended',
      'rent-expired',
      'rent-withheld',
    ],
  })
  const social = await foundProvider({
    ...rest,
    id: 'social',
    ports: await ports(),
    registers: ['income'],
    agreements: ['rent-locked'],
  })
  const starting = [tax, social].map((one) => serveProvider(one, nodeOptions))
  const processes = await Promise.all(starting)
  let cases = 0
  return {
    dir,
    nodeOptions,
    tax,
    social,
    processes,
    insider: new Insider(secrets),
    health: healthOf,
    nextCase() {
      cases += 1
      const official = officials[cases % officials.length] ?? ''
      return { reference: `RENT-${1_000 + cases}`, official, place: cases % people }
    },
    async [Symbol.asyncDispose]() {
      for (const process of processes) await process.stop()
    },
  }
}

/** Where the files of one attack go that needs some. */
export function attackFolder({ dir }: RedWorld, name: string): string {
  return join(dir, 'attacks', name)
}
