import { join } from 'node:path'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import { makeExchangeId, parsePersonQuestion, ProtocolError } from '../../protocol/index.ts'
import { createStateStore, openStateStore } from '../../storage/sqlite/index.ts'
import { bestEd25519, systemRandomness } from '../../platform/index.ts'
import { redPurpose } from '../world/red-agreements.ts'
import { drawRedSecrets } from '../world/red-consumer.ts'
import { redSubject } from '../world/red-people.ts'
import { addRefusal, type DragnetCounts } from './dragnet-counts.ts'
import { type DragnetPath, dragnetPaths } from './dragnet-paths.ts'
import { mostAnswers } from './most-answers.ts'
import { type Decide, VirtualProvider } from './virtual-provider.ts'

/** How large the dragnet is. */
export interface DragnetWish {
  /** People who are asked for. */
  readonly names: number
  /** Residents of the register. */
  readonly populationSize: number
  /** An empty or missing folder that exists, for the counters. */
  readonly dir: string
  readonly decide?: Decide
}

/** One path through a virtual year. */
export interface SimulatedPath extends DragnetCounts {
  /** Answers on the first day, when everybody is asked for at once. */
  readonly firstDay: number
}

const hourMs = 3_600_000
const hoursOfYear = 365 * 24
/** An official has 200 questions a day; the asker has as many officials as it takes. */
const perOfficial = 150
/** Names between two looks at the progress. */
const stretch = 20_000
/** Persons in one body, which then has less than 64 KiB. */
const namesInBody = 1_000

interface Asking {
  readonly path: DragnetPath
  readonly wish: DragnetWish
  readonly nowMs: number
  /** For each agreement the people whom it has not answered about. */
  readonly left: number[][]
}

/** Asks for all names at once, each under one of the agreements in turn; keeps those that were refused. */
async function askEverybody(
  asking: Asking,
  provider: VirtualProvider,
  [from, to]: readonly [number, number],
): Promise<void> {
  const { path, nowMs, left } = asking
  for (let place = from; place < to; place += 1) {
    const at = place % path.agreements.length
    const agreement = path.agreements[at]
    if (agreement === undefined) throw new TypeError('a path has agreements')
    const official = Math.floor(place / perOfficial)
    const isAnswered = await provider.ask(path.question(place, official, agreement), nowMs)
    if (!isAnswered) left[at]?.push(place)
  }
}

/** Comes back in a later hour: asks on where there is room, until the first refusal under each agreement. */
async function comeBack(asking: Asking, provider: VirtualProvider, nowMs: number): Promise<void> {
  const { path, left } = asking
  for (const [at, agreement] of path.agreements.entries()) {
    const names = left[at] ?? []
    for (let place = names.at(-1); place !== undefined; place = names.at(-1)) {
      const official = Math.floor(place / perOfficial)
      if (!(await provider.ask(path.question(place, official, agreement), nowMs))) break
      names.pop()
    }
  }
}

async function yearOf(
  asking: Asking,
  provider: VirtualProvider,
  tell: (what: string) => void,
): Promise<SimulatedPath> {
  const { path, wish, nowMs } = asking
  const { names, populationSize } = wish
  for (let from = 0; from < names; from += stretch) {
    const to = Math.min(names, from + stretch)
    await askEverybody(asking, provider, [from, to])
    if (from % (stretch * 16) === 0) tell(`${path.name}: ${to.toLocaleString('en')} asked`)
  }
  const firstDay = provider.tally.answered
  const hours = path.isAnswerable ? hoursOfYear : 1
  for (let hour = 1; hour < hours; hour += 1)
    await comeBack(asking, provider, nowMs + hour * hourMs)
  const most = path.isAnswerable ? mostAnswers(path.agreements, populationSize, hours) : 0
  return { path: path.name, ...provider.tally, firstDay, most }
}

/** The whole year in one transaction: what is not to be kept need not be synced. */
async function simulatePath(
  path: DragnetPath,
  at: { readonly place: number; readonly wish: DragnetWish; readonly nowMs: number },
  tell: (what: string) => void,
): Promise<SimulatedPath> {
  const { dir, populationSize, decide } = at.wish
  const file = join(dir, `path-${at.place}.db`)
  createStateStore(file)
  using store = openStateStore(file)
  const left = path.agreements.map((): number[] => [])
  const rest = { populationSize, ...(decide === undefined ? {} : { decide }) }
  return await store.transaction((tx) =>
    yearOf({ ...at, path, left }, new VirtualProvider(tx, rest), tell),
  )
}

/** A question in the closed form, about one person or about a list. */
function questionAbout(subject: Json): Uint8Array {
  return canonicalBytes({
    v: 1,
    exchangeId: makeExchangeId(systemRandomness.bytes(16)),
    agreement: 'rent-income',
    version: 1,
    purpose: redPurpose,
    legalBasis: 'eu-gdpr:A6-1-e',
    elements: ['income_below_limit'],
    subject,
    case: { reference: 'RENT-1', token: '' },
    official: { pseudonym: 'official-1', authTimeMs: 1 },
    lastSeenCheckpoint: null,
    createdAtMs: 1,
  })
}

function named(place: number): Json {
  return { scheme: 'demo-nin', value: redSubject(place) }
}

/** All names in as few bodies as they fit in: read as every body is. */
function oneBody({ names }: DragnetWish): SimulatedPath {
  parsePersonQuestion(questionAbout(named(0)))
  const refused: Record<string, number> = {}
  let bodies = 0
  for (let from = 0; from < names; from += namesInBody) {
    const length = Math.min(namesInBody, names - from)
    const body = questionAbout(Array.from({ length }, (_, place) => named(from + place)))
    bodies += 1
    try {
      parsePersonQuestion(body)
    } catch (cause) {
      if (!(cause instanceof ProtocolError)) throw cause
      addRefusal(refused, cause.code)
    }
  }
  const path = `${bodies.toLocaleString('en')} bodies with lists of the names`
  const answered = bodies - Object.values(refused).reduce((sum, count) => sum + count, 0)
  const noise = bodies - answered
  return { path, asked: bodies, answered, firstDay: answered, most: 0, refused, entries: 0, noise }
}

/**
 * Asks for everybody by every path, all at once on the first day, and where anything can be had comes back in every
 * hour of a year. The decision and the counters are the product's; messages, keys and log are left out, and so is
 * everybody who would notice.
 */
export async function simulateDragnet(
  wish: DragnetWish,
  tell: (what: string) => void = () => undefined,
): Promise<readonly SimulatedPath[]> {
  const ed25519 = bestEd25519()
  const secrets = drawRedSecrets(systemRandomness)
  const keys = {
    cases: ed25519.publicKey(secrets.cases),
    consents: ed25519.publicKey(secrets.consents),
    authority: ed25519.publicKey(secrets.authority),
    dpo: ed25519.publicKey(secrets.dpo),
  }
  const nowMs = Date.UTC(2026, 0, 1, 8)
  const paths = dragnetPaths({ populationSize: wish.populationSize, keys, nowMs })
  const rows: SimulatedPath[] = [oneBody(wish)]
  for (const [place, path] of paths.entries())
    rows.push(await simulatePath(path, { place, wish, nowMs }, tell))
  return rows
}
