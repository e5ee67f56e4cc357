import { type Agreement, compileAgreement } from '../agreement/index.ts'
import { decodeUtf8 } from '../bytes/index.ts'
import type { FoundedOrganisation } from '../node/index.ts'
import { bestEd25519, systemClock, systemTimers } from '../platform/index.ts'
import { budgetActBytes, signBudgetAct } from '../population/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { localAddress } from './demo-config.ts'
import { DemoError } from './demo-error.ts'
import { type DemoOrganisationId, demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import { untilAnswered } from './until-answered.ts'

const dayMs = 86_400_000
/** Millionths of epsilon that the demo's year may spend: a demo's may pass the ceiling of 1. */
const demoYearMicroEpsilon = 50_000_000
/** Within this a gateway takes the entry of a year, also on a busy machine and behind a log that is to be published. */
const openWithinMs = 120_000

/** What is different between agreements on tables of the tax agency's register. */
export interface TablesWish {
  readonly id: string
  /** Millionths of epsilon. */
  readonly perYearMicroEpsilon: number
}

/** What the housing agency's analysts may count of the tax agency's register. */
export function tablesTerms(
  { id, perYearMicroEpsilon }: TablesWish,
  { tax, housing }: { readonly tax: FoundedOrganisation; readonly housing: FoundedOrganisation },
  nowMs: number,
): Agreement {
  const beginMs = nowMs - (nowMs % dayMs)
  return compileAgreement({
    v: 1,
    id,
    version: 1,
    supersedes: null,
    kind: 'population',
    provider: tax.id,
    consumer: housing.id,
    purpose: 'https://cloison.eu/purpose/official-statistics',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32016R0679'],
    justification:
      'The housing plan needs to know how incomes are spread over districts and ages, and of nobody what they earn.',
    expectedResults: 'One housing plan a year with tables that name nobody.',
    dataElements: ['annual_income', 'employment', 'dependants', 'age_group', 'district'].map(
      (name) => ({
        name,
        register: 'income',
        source: name,
        answerType: 'attribute',
        predicate: null,
        category: 'ordinary',
      }),
    ),
    approximateNumber: 100_000,
    retention: { days: 3_650, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure:
      'The planner reads each number with its interval, and draws no conclusion that the interval does not bear.',
    dpiaReference: 'Impact assessment of the demo, section 4',
    privacyBudget: {
      perQuestionMicroEpsilon: 500_000,
      perYearMicroEpsilon,
      deltaExponent: null,
    },
    notBeforeMs: beginMs,
    notAfterMs: beginMs + 365 * dayMs,
    signatures: [],
  })
}

/** What opening a year needs of a demo. */
export interface OpenedDemo extends Pick<PreparedDemo, 'basePort' | 'pagesToken'> {
  readonly founded: ReadonlyMap<string, Pick<FoundedOrganisation, 'id' | 'dpoSeed'>>
}

/** Opens a year of the residents at each gateway whose register is counted, by its officer's act. */
export async function openDemoYears(demo: OpenedDemo, http: HttpClient): Promise<void> {
  await Promise.all((['tax', 'housing'] as const).map((id) => openDemoYear(id, demo, http)))
}

/** Opens a year at one gateway, as soon as its log takes entries. */
async function openDemoYear(
  organisation: DemoOrganisationId,
  { founded, basePort, pagesToken }: OpenedDemo,
  http: HttpClient,
): Promise<void> {
  const own = founded.get(organisation)
  const offset = demoOrganisations.find(({ id }) => id === organisation)?.portOffset
  if (own === undefined || offset === undefined)
    throw new TypeError(`the demo has no ${organisation}`)
  const act = signBudgetAct(
    {
      v: 1,
      organisation: own.id,
      population: 'residents',
      composition: 'basic',
      microEpsilon: demoYearMicroEpsilon,
      deltaExponent: 6,
      perAnalystMicroEpsilon: null,
      fromMs: systemClock.now(),
      signatures: [],
    },
    { organisation: own.id, role: 'dpo', seed: own.dpoSeed },
    bestEd25519(),
  )
  const request = {
    method: 'POST' as const,
    url: `http://${localAddress(basePort + offset + portOffsets.admin)}/v1/budgets`,
    headers: { authorization: `Bearer ${pagesToken}`, 'content-type': 'application/json' },
    body: budgetActBytes(act),
    timeoutMs: 10_000,
    maxResponseBytes: 65_536,
  }
  const untilMs = systemClock.now() + openWithinMs
  const patience = { clock: systemClock, timers: systemTimers, withinMs: openWithinMs }
  for (;;) {
    // The act is the same each time: taken up once, it is refused as too early from then on.
    const { status, body } = await untilAnswered(() => http.send(request), patience)
    const told = decodeUtf8(body)
    // A demo that was kept goes on in the year that it began.
    if (status === 200 || told.includes('"BUDGET_TOO_EARLY"')) return
    if (status !== 503) throw new DemoError('CHECK_FAILED', `no year opens: ${told}`)
    if (systemClock.now() > untilMs)
      throw new DemoError('CHECK_FAILED', `${organisation} takes no entry, so no year opens`)
    await systemTimers.sleep(200)
  }
}
