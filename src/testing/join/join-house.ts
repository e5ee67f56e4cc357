import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agreementDigest } from '../../agreement/index.ts'
import {
  canonicalBytes,
  decodeUtf8,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
  utf8,
} from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { bestEd25519, systemRandomness } from '../../platform/index.ts'
import {
  type BothTerms,
  type JoinCarrier,
  JoinDesk,
  type JoinDeskDeps,
  type JoinMessageRow,
  type JoinRow,
  type JoinTerms,
  mostJoins,
  PopulationAnswerer,
  refusePlan,
  type StatisticsProvider,
} from '../../population/index.ts'
import { sendSigned } from '../../population/ask/index.ts'
import { signaturesJson } from '../../population/joins/messages/index.ts'
import { joinPlanBytes, type JoinPlan, planHash, sides } from '../../population/psi/index.ts'
import type { Clock, HttpClient, HttpResponse } from '../../ports/index.ts'
import { openPopulationOrganisation, type PopulationOrganisation } from '../population/index.ts'
import { type RunTerms, runJoin } from './run-join.ts'
import { sampleKeysAt, sampleSignatures } from './sample-signers.ts'
import { sampleBothTerms } from './sample-terms.ts'

/** Three organisations and what their analysts ask with: `tax` and `labour` hold, `housing` asks. */
export interface JoinHouse extends AsyncDisposable {
  readonly desk: JoinDesk
  readonly terms: BothTerms
  /** What the asking organisation keeps of its runs. */
  readonly rows: JoinRow[]
  /** Turns the clock on. */
  readonly turn: (ms: number) => void
  /** Sends a signed body to `tax` as the asking gateway. */
  readonly send: (path: string, body: Uint8Array) => Promise<Uint8Array>
  /** Ends a run that is on its way. */
  readonly finish: (qid: string) => void
}

/** What a house is opened with. */
export interface JoinHouseSettings {
  /** The tokens of a plan's groups. */
  readonly rowsOf: (plan: JoinPlan) => RunTerms['rows']
  /** Whether runs wait to be finished by hand. */
  readonly waits?: boolean
}

/** 10 January 2027. */
const januaryMs = 1_799_539_200_000

function answererOf(
  holder: PopulationOrganisation,
  { agreement, description, countersigned }: JoinTerms,
  clock: Clock,
): PopulationAnswerer {
  const known = { agreement, digest: encodeBase64(agreementDigest(agreement)), countersigned }
  return new PopulationAnswerer({
    organisation: holder.id,
    authority: `${holder.id}.localhost`,
    key: holder.key,
    clock,
    timers: { sleep: () => Promise.resolve() },
    randomness: systemRandomness,
    ed25519: bestEd25519(),
    reader: holder.reader,
    writer: holder.writer,
    registers: new Map([
      [
        description.name,
        {
          describe: () => description,
          lookUp: () => Promise.resolve(undefined),
          aggregate: () => Promise.reject(new TypeError('no table is asked for here')),
        },
      ],
    ]),
    agreementOf: (id, version) =>
      id === agreement.id && version === agreement.version ? known : undefined,
    refusalNow: () => Promise.resolve(undefined),
    countNoise: () => undefined,
    mayAnswer: () => true,
    isKeyCurrent: () => true,
  })
}

/** Requests to the holders, without a socket: what would be on the wire, byte for byte. */
function directHttp(
  answerers: ReadonlyMap<string, PopulationAnswerer>,
  asking: PopulationOrganisation,
): HttpClient {
  const gatewayKeys = new Map([[asking.key.keyId, asking.publicKey]])
  const consumers = new Map([[asking.id, { id: asking.id, gatewayKeys }]])
  return {
    async send({ method, url, headers, body }): Promise<HttpResponse> {
      const { pathname: path, host } = new URL(url)
      const request = { method, authority: host, path, headers, body: body ?? new Uint8Array() }
      const by = { consumers, mayAsk: () => true }
      const answerer = answerers.get(host)
      const response = await (path.endsWith('previews')
        ? answerer?.preview(request, by)
        : answerer?.question(request, by))
      if (response === undefined) throw new Error('nobody is there')
      const flat = Object.entries(response.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      )
      return { status: response.status, headers: Object.fromEntries(flat), body: response.body }
    },
  }
}

function providerOf(holder: PopulationOrganisation): StatisticsProvider {
  return {
    id: holder.id,
    url: `http://${holder.id}.localhost`,
    authority: `${holder.id}.localhost`,
    gatewayKeys: new Map([[holder.key.keyId, holder.publicKey]]),
    origins: [holder.origin],
    receiptPolicy: {
      logs: [{ key: holder.logKey }],
      witnesses: [],
      quorum: { kind: 'none' as const },
    },
  }
}

async function openYear(
  holder: PopulationOrganisation,
  population: string,
  clock: Clock,
): Promise<void> {
  const budget = {
    composition: 'basic',
    microEpsilon: 1_000_000,
    deltaExponent: 6,
    perAnalystMicroEpsilon: null,
    fromMs: clock.now(),
    countersigned: false,
  } as const
  await holder.writer.commit({ type: 'budget-open', population, budget, demo: true })
}

/** The steps of both holders and the tally, carried within one process. */
function carrierOf(
  house: Pick<JoinHouse, 'rows' | 'terms'>,
  { rowsOf, waits = false }: JoinHouseSettings,
  clock: Clock,
): { readonly carrier: JoinCarrier; readonly finish: (qid: string) => void } {
  const { rows, terms } = house
  const finish = (qid: string): void => {
    const at = rows.findIndex((row) => row.qid === qid)
    const row = rows[at]
    const plan = plans.get(qid)
    if (row === undefined || plan === undefined) throw new TypeError('no such run')
    const run = runJoin(plan, { rows: rowsOf(plan) })
    const result = run.carried.find(({ to, bytes }) => to === 'analyst' && isResult(bytes))?.bytes
    rows[at] = {
      ...row,
      end: { state: 'done', code: null, abort: undefined, result, atMs: clock.now() },
    }
  }
  const plans = new Map<string, JoinPlan>()
  const carrier: JoinCarrier = {
    run(plan, analyst) {
      for (const side of sides) {
        const found = refusePlan(plan, side, terms[side], clock.now())
        if (found !== undefined)
          return Promise.resolve({ state: 'refused', by: plan[side].organisation, ...found })
      }
      const { qid } = plan
      plans.set(qid, plan)
      rows.unshift({
        qid,
        analyst,
        signatures: canonicalBytes(signaturesJson(sampleSignatures(plan))),
        planHash: encodeHex(planHash(plan)),
        role: 'tally',
        plan: joinPlanBytes(plan),
        reservation: null,
        place: { origin: 'housing.localhost/log', index: rows.length },
        begunMs: clock.now(),
        end: undefined,
      })
      if (!waits) finish(qid)
      return Promise.resolve({ state: 'begun', qid })
    },
    standing: (qid) =>
      Promise.resolve({
        qid,
        legs: [{ kind: 'M1', side: 'left', atMs: clock.now() }],
        done: 1,
        total: 4,
      }),
  }
  return { carrier, finish }
}

function isResult(bytes: Uint8Array): boolean {
  return (
    decodeUtf8(bytes.slice(0, 200)).startsWith('{') && decodeUtf8(bytes).includes('join.result')
  )
}

function digested({ agreement }: JoinTerms): ReturnType<JoinDeskDeps['agreements']>[number] {
  return { agreement, digest: encodeBase64(agreementDigest(agreement)) }
}

/** What the tally's log would have of the table that it has sent both holders. */
function sentTables({ planHash, place, begunMs, end }: JoinRow): readonly JoinMessageRow[] {
  if (end?.result === undefined) return []
  const digest = encodeBase64(sha256(end.result))
  const row = { planHash, direction: 'sent', leg: 'M6', digest, place, atMs: begunMs } as const
  return sides.map((party) => ({ ...row, party, commitment: digest, isSettled: true }))
}

function readerOf(rows: readonly JoinRow[]): JoinDeskDeps['joins'] {
  return {
    joins: () => Promise.resolve(rows.slice(0, mostJoins)),
    joinsSince: (fromMs) => Promise.resolve(rows.filter(({ begunMs }) => begunMs >= fromMs)),
    joinByQid: (qid) => Promise.resolve(rows.find((row) => row.qid === qid)),
    joinMessages: (planHash) =>
      Promise.resolve(
        rows.filter((row) => row.planHash === planHash).flatMap((row) => sentTables(row)),
      ),
  }
}

/** Opens a house. */
export async function openJoinHouse(settings: JoinHouseSettings): Promise<JoinHouse> {
  using stack = new DisposableStack()
  const dir = mkdtempSync(join(tmpdir(), 'cloison-joins-'))
  stack.defer(() => rmSync(dir, { recursive: true, force: true }))
  let nowMs = januaryMs
  const clock = { now: () => nowMs }
  const [tax, labour, housing] = [
    stack.use(await openPopulationOrganisation({ id: 'tax', dir: join(dir, 'tax'), clock })),
    stack.use(await openPopulationOrganisation({ id: 'labour', dir: join(dir, 'labour'), clock })),
    stack.use(await openPopulationOrganisation({ id: 'housing', dir: join(dir, 'h'), clock })),
  ]
  const terms = sampleBothTerms()
  await openYear(tax, terms.left.description.population.name, clock)
  await openYear(labour, terms.right.description.population.name, clock)
  const answerers = new Map([
    ['tax.localhost', answererOf(tax, terms.left, clock)],
    ['labour.localhost', answererOf(labour, terms.right, clock)],
  ])
  const rows: JoinRow[] = []
  const { carrier, finish } = carrierOf({ rows, terms }, settings, clock)
  const sending = {
    key: housing.key,
    clock,
    randomness: systemRandomness,
    ed25519: bestEd25519(),
    http: directHttp(answerers, housing),
  }
  const desk = new JoinDesk({
    ...sending,
    organisation: 'housing',
    providers: new Map([tax, labour].map((holder) => [holder.id, providerOf(holder)])),
    agreements: () => sides.map((side) => digested(terms[side])),
    stateHere: () => Promise.resolve('active'),
    pseudonymOf: (to, analyst) => encodeBase64Url(sha256(utf8(`${to} ${analyst}`)).subarray(0, 16)),
    runs: carrier,
    joins: readerOf(rows),
    keysAt: sampleKeysAt,
    countersigned: () => false,
  })
  const owned = stack.move()
  return {
    desk,
    terms,
    rows,
    finish,
    send: (path, body) => sendSigned(path, body, providerOf(tax), sending),
    turn: (ms) => {
      nowMs += ms
    },
    [Symbol.asyncDispose]: () => {
      owned.dispose()
      return Promise.resolve()
    },
  }
}
