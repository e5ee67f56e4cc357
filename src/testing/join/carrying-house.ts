import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concatBytes, encodeHex } from '../../bytes/index.ts'
import type { JoinGroup } from '../../crypto/index.ts'
import { bestEd25519, systemClock, systemRandomness, systemTimers } from '../../platform/index.ts'
import {
  auditableRunsPath,
  type BothTerms,
  runLegs,
  type JoinMachine,
  type JoinPeer,
  type JoinQuestion,
  type JoinRow,
  planOf,
} from '../../population/index.ts'
import type { JoinPlan } from '../../population/psi/index.ts'
import type { Clock, HttpClient, HttpRequest, HttpResponse } from '../../ports/index.ts'
import {
  gatewayKeyId,
  type MessageHeaders,
  parseOrganisationId,
  type SignedResponse,
} from '../../protocol/index.ts'
import { logSecrets, type LogSecrets } from '../population/index.ts'
import {
  authorityOf,
  type JoinOrganisation,
  openJoinOrganisation,
  openJoinYear,
} from './join-organisation.ts'
import { type MadeUpRegister, madeUpRegister, type MadeUpRow } from './made-up-register.ts'
import { sampleBothTerms, sampleJoinQuestion } from './sample-terms.ts'

/** The parties of a house by what they do. */
export type HouseParty = 'left' | 'right' | 'tally' | 'inspector'

const organisations = {
  left: 'tax',
  right: 'labour',
  tally: 'housing',
  inspector: 'ombudsman',
} as const
const parties: readonly HouseParty[] = ['left', 'right', 'tally', 'inspector']
const running: readonly HouseParty[] = ['left', 'right', 'tally']
const names: readonly string[] = Object.values(organisations)

/** A request as a test may change it, lose it or answer it: on its way from one party to another. */
export type OnTheWay = (
  request: HttpRequest,
  between: { readonly from: string; readonly to: string },
  send: (request: HttpRequest) => Promise<HttpResponse>,
) => Promise<HttpResponse>

/** What a house is opened with. */
export interface CarryingHouseSettings {
  readonly rows: Readonly<Record<'left' | 'right', readonly MadeUpRow[]>>
  readonly terms?: BothTerms
  readonly clock?: Clock
  /** Millionths of epsilon of each holder's year. */
  readonly microEpsilon?: Partial<Record<'left' | 'right', number>>
  readonly onTheWay?: OnTheWay
  /** Called when a register's rows are read; may throw. */
  readonly reading?: (side: 'left' | 'right') => void
  /** Another group for one party; the machine's best unless told. */
  readonly groupOf?: (party: HouseParty) => JoinGroup
  readonly machineOf?: (party: HouseParty, machine: JoinMachine) => JoinMachine
  /** Most points of a list that a party computes with. */
  readonly mostPointsOf?: (party: HouseParty) => number | undefined
}

/** Three organisations that carry joins between them, and one that may audit, without a socket: what would be on the wire, byte for byte. */
export interface CarryingHouse extends AsyncDisposable {
  readonly at: Record<HouseParty, JoinOrganisation>
  readonly registers: Readonly<Record<'left' | 'right', MadeUpRegister>>
  readonly dir: string
  readonly clock: Clock
  plan(changes?: Partial<JoinQuestion>): JoinPlan
  /** Closes one party, as a crash does, and opens it again from what is on disk. */
  restart(party: HouseParty): Promise<JoinOrganisation>
  /** Rounds of all parties until the run has ended at these, all unless told: its row at the tally. */
  untilEnded(qid: string, parties?: readonly HouseParty[]): Promise<JoinRow>
}

interface Founded {
  readonly seed: Uint8Array
  readonly secrets: LogSecrets
}

function flatHeaders(headers: MessageHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  )
}

function responseOf({ status, headers, body }: SignedResponse): HttpResponse {
  return { status, headers: flatHeaders(headers), body }
}

async function* bodyOf({ body, pieces }: HttpRequest): AsyncGenerator<Uint8Array, void> {
  await Promise.resolve()
  if (pieces !== undefined) yield* pieces
  else if (body !== undefined) yield body
}

async function wholeBody(request: HttpRequest): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of bodyOf(request)) parts.push(part)
  return concatBytes(...parts)
}

/** Opens a house: both holders' years are open, and nothing has been asked. */
export async function openCarryingHouse(settings: CarryingHouseSettings): Promise<CarryingHouse> {
  const founding = found(settings)
  const { clock, terms } = founding
  const at = {} as Record<HouseParty, JoinOrganisation>
  const ground: HouseGround = { ...founding, settings, at }
  for (const party of parties) at[party] = await openParty(ground, party)
  for (const side of ['left', 'right'] as const) {
    const { name } = terms[side].description.population
    const microEpsilon = settings.microEpsilon?.[side] ?? 1_000_000_000
    await openJoinYear(at[side], name, { clock, microEpsilon })
  }
  return houseOf(ground)
}

/** What a house stands on. */
interface HouseGround extends Founding {
  readonly settings: CarryingHouseSettings
  /** Changed in place when a party is opened again. */
  readonly at: Record<HouseParty, JoinOrganisation>
}

type Founding = ReturnType<typeof found>

function found(settings: CarryingHouseSettings): {
  readonly dir: string
  readonly clock: Clock
  readonly terms: BothTerms
  readonly founded: ReadonlyMap<string, Founded>
  readonly peers: ReadonlyMap<string, JoinPeer>
  readonly registers: CarryingHouse['registers']
} {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-carrying-'))
  const { clock = systemClock, terms = sampleBothTerms(1_200), rows, reading } = settings
  const founded = new Map<string, Founded>(
    names.map((id) => [id, { seed: systemRandomness.bytes(32), secrets: logSecrets() }]),
  )
  const peers = new Map<string, JoinPeer>(names.map((id) => [id, peerOf(id, founded)]))
  const registerOf = (side: 'left' | 'right'): MadeUpRegister =>
    madeUpRegister(terms[side].description, rows[side], {
      now: () => clock.now(),
      fail: () => reading?.(side),
    })
  const registers = { left: registerOf('left'), right: registerOf('right') }
  return { dir, clock, terms, founded, peers, registers }
}

function openParty(ground: HouseGround, party: HouseParty): Promise<JoinOrganisation> {
  const { dir, clock, terms, founded, peers, registers, settings } = ground
  const id = organisations[party]
  const own = founded.get(id)
  if (own === undefined) throw new TypeError('every party is founded')
  const { machineOf, groupOf, mostPointsOf } = settings
  const register =
    party !== 'left' && party !== 'right'
      ? []
      : [[terms[party].description.name, registers[party]] as const]
  return openJoinOrganisation({
    id,
    clock,
    dir: join(dir, id),
    ...own,
    http: httpFrom(id, ground),
    peers,
    terms: [terms.left, terms.right],
    registers: new Map(register),
    group: groupOf?.(party),
    mostPoints: mostPointsOf?.(party),
    machineOf: machineOf && ((machine) => machineOf(party, machine)),
  })
}

function httpFrom(from: string, { settings, at, peers }: HouseGround): HttpClient {
  const receive = async (request: HttpRequest, to: string): Promise<HttpResponse> => {
    const party = parties.find((one) => organisations[one] === to)
    if (party === undefined) throw new TypeError('nobody is there')
    return receiveAt(at[party], request, peers)
  }
  return {
    send(request) {
      const to = names.find((id) => authorityOf(id) === new URL(request.url).host) ?? ''
      const send = (sent: HttpRequest): Promise<HttpResponse> => receive(sent, to)
      return settings.onTheWay?.(request, { from, to }, send) ?? send(request)
    },
  }
}

function houseOf(ground: HouseGround): CarryingHouse {
  const { at, registers, dir, clock, terms } = ground
  return {
    at,
    registers,
    dir,
    clock,
    plan(changes) {
      const qid = encodeHex(systemRandomness.bytes(16))
      const planning = planOf(sampleJoinQuestion(changes), { ...terms, nowMs: clock.now(), qid })
      if (planning.ok) return planning.plan
      throw new TypeError(planning.refusal.message)
    },
    async restart(party) {
      at[party][Symbol.dispose]()
      at[party] = await openParty(ground, party)
      await at[party].runner.resume()
      return at[party]
    },
    untilEnded: (qid, among = running) => untilEnded(at, qid, among),
    async [Symbol.asyncDispose]() {
      for (const { runner } of Object.values(at)) await runner[Symbol.asyncDispose]()
      for (const one of Object.values(at)) one[Symbol.dispose]()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function untilEnded(
  at: Record<HouseParty, JoinOrganisation>,
  qid: string,
  among: readonly HouseParty[],
): Promise<JoinRow> {
  for (let tries = 0; tries < 600; tries += 1) {
    const rows = await Promise.all(among.map((party) => at[party].store.reader.joinByQid(qid)))
    if (rows.every((row) => row?.end !== undefined)) break
    for (const { runner, tally } of Object.values(at)) {
      await tally.round()
      await runner.round()
    }
    await systemTimers.sleep(20)
  }
  const row = await at.tally.store.reader.joinByQid(qid)
  if (row === undefined) throw new TypeError('the tally has no such run')
  return row
}

function peerOf(id: string, founded: ReadonlyMap<string, Founded>): JoinPeer {
  const publicKey = bestEd25519().publicKey(founded.get(id)?.seed ?? new Uint8Array(32))
  const keyId = gatewayKeyId(parseOrganisationId(id), publicKey)
  const authority = authorityOf(id)
  return { id, url: `http://${authority}`, authority, gatewayKeys: new Map([[keyId, publicKey]]) }
}

/** What an organisation's routes do with a request. */
async function receiveAt(
  { authority, answerer, runner, auditable }: JoinOrganisation,
  request: HttpRequest,
  peers: ReadonlyMap<string, JoinPeer>,
): Promise<HttpResponse> {
  const { pathname: path } = new URL(request.url)
  const connection = { consumers: peers, mayAsk: () => true }
  const head = { method: request.method, authority, path, headers: request.headers }
  const [, qid, leg] = /^\/v1\/joins\/([0-9a-f]{32})\/([a-z0-9]+)$/.exec(path) ?? []
  const known = runLegs.find((one) => one.toLowerCase() === leg)
  if (qid !== undefined && known !== undefined) {
    const place = { qid, leg: known }
    return responseOf(
      await runner.receive({ head, place, connection, body: () => bodyOf(request) }),
    )
  }
  const signed = { ...head, body: await wholeBody(request) }
  if (path === auditableRunsPath) return responseOf(await auditable.answer(signed, connection))
  return responseOf(
    qid === undefined
      ? await answerer.propose(signed, connection)
      : await answerer.begin(qid, signed, connection),
  )
}
