import { dirname, join } from 'node:path'
import { canonicalBytes, decodeUtf8, encodeBase64, type Json } from '../../bytes/index.ts'
import { bestEd25519, claimPort, systemRandomness } from '../../platform/index.ts'
import { type Attacker, startAttacker } from '../attacker/start-attacker.ts'
import type { AttackerOrder } from '../attacker/attacker-messages.ts'
import { countEntries } from '../attacker/count-entries.ts'
import { RedteamError } from '../redteam-error.ts'
import { type PublishedVerdict, verifyPublished } from '../verify-published.ts'
import { type FoundedProvider, foundProvider } from '../world/found-provider.ts'
import { Insider, type QuestionWish, type RedCase } from '../world/insider.ts'
import { type RedAgreementId, redPurpose } from '../world/red-agreements.ts'
import { drawRedSecrets, redKeyId } from '../world/red-consumer.ts'
import { redAddress, redSubject } from '../world/red-people.ts'
import { healthOf, serveProvider } from '../world/start-world.ts'
import { addRefusal, type DragnetCounts } from './dragnet-counts.ts'
import { mostAnswers } from './most-answers.ts'

/** How large the dragnet against a real gateway is. */
export interface RealDragnetWish {
  readonly names: number
  /** An empty or missing folder. */
  readonly dir: string
  /** Options of Node itself for the gateway; for tests. */
  readonly nodeOptions?: readonly string[]
}

/** A process of the run. */
export interface DragnetProcess {
  readonly name: string
  readonly pid: number
  readonly port: number
  readonly folder: string
}

/** What came of it. */
export interface RealDragnet {
  readonly processes: readonly DragnetProcess[]
  readonly paths: readonly DragnetCounts[]
  /** Its log as anybody verifies it, afterwards. */
  readonly log: PublishedVerdict
}

interface RealPath {
  readonly name: string
  /** One for each name in turn. */
  readonly agreements: readonly RedAgreementId[]
  readonly isAnswerable?: boolean
  readonly wish: (place: number) => QuestionWish
}

const population = 10_000_000
const perOfficial = 20
const namesInBody = 1_000
const fillers = ['Failed to Provide', 'NA NA', '00000', 'unknown', 'N/A'] as const
const matching = { elements: ['address_matches'] } as const
const supplying = (value: string): QuestionWish => ({
  ...matching,
  supplied: [{ element: 'address_matches', value }],
})

/** What can be answered comes first: later refusals take places of the caps as well. */
const paths: readonly RealPath[] = [
  {
    name: 'an address compared, the true one supplied',
    agreements: ['rent-address'],
    isAnswerable: true,
    wish: (place) => supplying(redAddress(place)),
  },
  {
    name: 'a yes or no, a case for everybody, three agreements',
    agreements: ['rent-income', 'rent-income-low', 'rent-income-high'],
    isAnswerable: true,
    wish: () => ({}),
  },
  {
    name: 'a yes or no, without a case',
    agreements: ['rent-income'],
    wish: () => ({ token: '' }),
  },
  {
    name: 'an address compared, a placeholder supplied',
    agreements: ['rent-address'],
    wish: (place) => supplying(fillers[place % fillers.length] ?? ''),
  },
  {
    name: 'an address compared, none supplied',
    agreements: ['rent-address'],
    wish: () => matching,
  },
  {
    name: 'the address itself',
    agreements: ['rent-address'],
    wish: () => ({ elements: ['address'] }),
  },
]

interface Ground {
  readonly provider: FoundedProvider
  readonly insider: Insider
  readonly attackers: readonly [Attacker, Attacker]
  readonly names: number
}

function caseAbout(place: number): RedCase {
  const official = `official-${String(Math.floor(place / perOfficial)).padStart(4, '0')}`
  return { reference: `RENT-${place}`, official, place }
}

async function bodiesOf(path: RealPath, ground: Ground): Promise<readonly Uint8Array[]> {
  const { insider, provider, names } = ground
  const bodies: Uint8Array[] = []
  for (let place = 0; place < names; place += 1) {
    const agreement = path.agreements[place % path.agreements.length] ?? 'rent-income'
    const core = await insider.draft(provider, caseAbout(place), { ...path.wish(place), agreement })
    bodies.push(await insider.body(provider, core))
  }
  return bodies
}

/** Honest questions, but that each is about a thousand people. */
async function listBodies({ insider, provider, names }: Ground): Promise<readonly Uint8Array[]> {
  const bodies: Uint8Array[] = []
  for (let from = 0; from < names; from += namesInBody) {
    const core = await insider.draft(provider, caseAbout(from), { purpose: redPurpose })
    const text = decodeUtf8(await insider.body(provider, core))
    const honest = JSON.parse(text) as Record<string, Json>
    const subject = Array.from({ length: Math.min(namesInBody, names - from) }, (_, place) => ({
      scheme: 'demo-nin',
      value: redSubject(from + place),
    }))
    bodies.push(canonicalBytes({ ...honest, subject }))
  }
  return bodies
}

async function sendFromTwo(
  bodies: readonly Uint8Array[],
  { provider, insider, attackers }: Ground,
): Promise<{ readonly answered: number; readonly refused: Record<string, number> }> {
  const { gateway } = insider.secrets
  const order: Omit<AttackerOrder, 'bodies'> = {
    authority: provider.authority,
    gatewaySeed: encodeBase64(gateway),
    keyId: redKeyId(gateway, bestEd25519()),
    connections: 8,
  }
  const half = (rest: number): readonly Uint8Array[] =>
    bodies.filter((_body, place) => place % 2 === rest)
  const reports = await Promise.all(
    attackers.map((attacker, rest) => attacker.attack({ ...order, bodies: half(rest) })),
  )
  const refused: Record<string, number> = {}
  for (const report of reports)
    for (const [code, count] of Object.entries(report.refused)) addRefusal(refused, code, count)
  return { answered: reports.reduce((sum, report) => sum + report.answered, 0), refused }
}

/** Sends everything and counts, by the log's entries, what came of it. */
async function measured(
  path: { readonly name: string; readonly most: number },
  bodies: readonly Uint8Array[],
  ground: Ground,
): Promise<DragnetCounts> {
  const { provider } = ground
  const before = await healthOf(provider)
  const { answered, refused } = await sendFromTwo(bodies, ground)
  const after = await healthOf(provider)
  const counted = await countEntries(provider.organisation.folder, { from: before.logSize })
  if (counted.answered !== answered)
    throw new RedteamError('RUN_REJECTED', 'There are answers without entries, or entries without.')
  const sum = (noise: Readonly<Record<string, number>>): number =>
    Object.values(noise).reduce((all, count) => all + count, 0)
  return {
    path: path.name,
    asked: bodies.length,
    answered: counted.answered,
    most: path.most,
    refused,
    entries: after.logSize - before.logSize,
    noise: sum(after.noise) - sum(before.noise),
  }
}

function mostOf({ isAnswerable, agreements }: RealPath, { agreements: known }: FoundedProvider) {
  if (isAnswerable !== true) return 0
  const named = agreements
    .flatMap((id) => known.get(id) ?? [])
    .filter((agreement) => agreement.kind === 'person')
  return mostAnswers(named, population, 1)
}

async function foundGround(wish: RealDragnetWish): Promise<FoundedProvider & { insider: Insider }> {
  const secrets = drawRedSecrets(systemRandomness)
  const officials = new Set(
    Array.from({ length: wish.names }, (_, place) => caseAbout(place).official),
  )
  const provider = await foundProvider({
    id: 'tax',
    dir: wish.dir,
    ports: [await claimPort(), await claimPort()],
    secrets,
    agreements: ['rent-income', 'rent-income-low', 'rent-income-high', 'rent-address'],
    officials: [...officials],
    registers: ['income', 'residence'],
    people: wish.names,
    population,
    approximateNumber: 10_000,
    caps: {
      perOfficialPerDay: 200,
      subjectsPerCase: 6,
      distinctSubjectsPer30Days: 100,
      perSubjectPer30Days: 12,
    },
    timeLockMs: 1,
  })
  return { ...provider, insider: new Insider(secrets) }
}

/**
 * Asks a real gateway for everybody by every path, from two attacking processes at once. How many were answered is
 * counted from the entries of the provider's log, and must be what the attackers got.
 *
 * @throws {@link RedteamError} `RUN_REJECTED`
 */
export async function runDragnet(
  wish: RealDragnetWish,
  tell: (what: string) => void = () => undefined,
): Promise<RealDragnet> {
  const { insider, ...provider } = await foundGround(wish)
  await using stack = new AsyncDisposableStack()
  const gateway = await serveProvider(provider, wish.nodeOptions ?? [])
  stack.defer(() => gateway.stop())
  const attackers = [stack.use(await startAttacker()), stack.use(await startAttacker())] as const
  const ground: Ground = { provider, insider, attackers, names: wish.names }
  const folder = dirname(provider.configFile)
  const processes = [
    { name: gateway.name, pid: gateway.pid, port: gateway.port, folder },
    ...attackers.map(({ pid }, place) => ({
      name: `attacker ${place + 1}`,
      pid,
      port: gateway.port,
      folder: join(folder, '..'),
    })),
  ]
  for (const { name, pid, port } of processes) tell(`${name}: process ${pid}, port ${port}`)
  const rows: DragnetCounts[] = []
  for (const path of paths) {
    const most = mostOf(path, provider)
    rows.push(await measured({ name: path.name, most }, await bodiesOf(path, ground), ground))
    tell(`${path.name}: ${rows.at(-1)?.answered ?? 0} of ${wish.names} answered`)
  }
  const lists = await listBodies(ground)
  rows.push(await measured({ name: 'lists of the names', most: 0 }, lists, ground))
  const log = await verifyPublished(provider, wish.nodeOptions ?? [])
  return { processes, paths: rows, log }
}
