import { join } from 'node:path'
import * as z from 'zod'
import { decodeUtf8 } from '../bytes/index.ts'
import { folderFiles } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import type {
  InspectedAgreement,
  InspectedReconciliation,
  InspectedSignal,
  InspectorDesk,
} from '../web/index.ts'
import { localAddress } from './demo-config.ts'
import { DemoError } from './demo-error.ts'
import { agreementsSchema } from '../pages/index.ts'
import { type DemoOrganisation, demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import { drawTrust, PublishedDraws } from './published-draws.ts'
import { PublicActs } from '../pages/index.ts'

const limits = { timeoutMs: 20_000, maxResponseBytes: 16_777_216 }
const place = z.object({ log: z.string(), index: z.int() })
const listedSignal = z.object({
  entry: place,
  signal: z.object({
    kind: z.string(),
    side: z.string(),
    consumer: z.string(),
    agreement: z.string().nullable(),
    official: z.string().nullable(),
    entryCount: z.int(),
    entries: z.array(place),
    window: z.object({ fromMs: z.int(), toMs: z.int() }),
    evidence: z.object({
      law: z.string(),
      observed: z.number(),
      expected: z.number(),
      threshold: z.number(),
    }),
    falseAlarmsPerYear: z.number(),
    madeAtMs: z.int(),
  }),
  decision: z.object({ verdict: z.string() }).nullable(),
})
const signalList = z.object({ signals: z.array(listedSignal) })
/** The gateway's own answer about its own runs: its members are looked at, its depths are not. */
const reconciliation = z.custom<InspectedReconciliation>(
  (value) =>
    typeof value === 'object' && value !== null && 'runs' in value && Array.isArray(value.runs),
)

type Get = (organisation: DemoOrganisation, path: string) => Promise<unknown>

/** Reads the inner interface of a gateway of the demo. */
function adminReader(
  { basePort, pagesToken }: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  http: HttpClient,
): Get {
  const headers = { authorization: `Bearer ${pagesToken}` }
  return async ({ portOffset }, path) => {
    const url = `http://${localAddress(basePort + portOffset + portOffsets.admin)}${path}`
    const { status, body } = await http.send({ method: 'GET', url, headers, ...limits })
    if (status !== 200) throw new DemoError('REQUEST_FAILED', `a gateway answered ${status}`)
    return JSON.parse(decodeUtf8(body)) as unknown
  }
}

async function signalsOf(organisation: DemoOrganisation, get: Get): Promise<InspectedSignal[]> {
  const { signals } = signalList.parse(await get(organisation, '/v1/signals'))
  return signals.map(({ entry, signal, decision }) => {
    const { window, evidence, ...rest } = signal
    return {
      organisation: organisation.id,
      log: entry.log,
      entry: entry.index,
      ...rest,
      ...window,
      ...evidence,
      verdict: decision?.verdict ?? null,
    }
  })
}

/** Every agreement that a gateway holds, without how much of it is used. */
function agreementsOf({ id }: DemoOrganisation, answer: unknown): readonly InspectedAgreement[] {
  const { agreements } = agreementsSchema.parse(answer)
  return agreements.map(({ digest, agreement, standing, events }) => ({
    organisation: id,
    digest,
    agreement,
    standing,
    events,
  }))
}

/** What the demo's inspector looks at: the own gateway's runs, what the agencies' gateways open, and their public logs. */
export function demoInspection(demo: PreparedDemo, http: HttpClient): InspectorDesk {
  const get = adminReader(demo, http)
  const logs = demoOrganisations.map(
    (one) =>
      new PublicActs(
        one.id,
        folderFiles(join(demo.dir, one.id, 'log')),
        demo.founded.get(one.id)?.origin ?? one.id,
      ),
  )
  const trust = drawTrust(demo)
  const draws = demoOrganisations.map(
    ({ id }) =>
      new PublishedDraws(
        folderFiles(join(demo.dir, id, 'log')),
        demo.founded.get(id)?.origin ?? id,
        trust,
      ),
  )
  return {
    async reconciliation() {
      const inspector = demoOrganisations.find(({ id }) => id === 'inspector')
      if (inspector === undefined) throw new TypeError('the demo has an inspector')
      return reconciliation.parse(await get(inspector, '/v1/reconciliations'))
    },
    async signals() {
      const found = await Promise.all(demoOrganisations.map((one) => signalsOf(one, get)))
      return found.flat().toSorted((one, other) => other.madeAtMs - one.madeAtMs)
    },
    async draws() {
      const found = logs.map(async (log, place) => {
        const committed = (await log.all()).filter(
          ({ record }) => record.kind === 'audit.committed',
        )
        const verdicts = await draws[place]?.verdicts(committed.map(({ entry }) => entry))
        return (verdicts ?? []).map((one) => ({ ...one, log: committed[0]?.log ?? '' }))
      })
      return (await Promise.all(found)).flat()
    },
    async agreements() {
      const found = demoOrganisations.map(async (one) =>
        agreementsOf(one, await get(one, '/v1/agreements')),
      )
      return (await Promise.all(found)).flat()
    },
    async acts(kinds) {
      const found = await Promise.all(logs.map((log) => log.all()))
      return found.flat().filter(({ record }) => kinds.some((kind) => record.kind.startsWith(kind)))
    },
  }
}
