import type { AskOutcome } from '../../person/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { CaseRecord } from '../case-system-cases.ts'
import { ownCase } from '../cheat-enumerate.ts'
import { demoAgreementIds } from '../demo-agreements.ts'
import type { DemoClient, DemoQuestion } from '../demo-client.ts'
import { DemoError } from '../demo-error.ts'
import type { PreparedDemo } from '../prepare-demo.ts'

/** What replaying a documented abuse works with. */
export interface AbuseWorld {
  readonly demo: PreparedDemo
  readonly client: DemoClient
  readonly http: HttpClient
  /** Makes the idempotency keys of this replay different from any other's. */
  readonly run: string
}

/** The official of the demo who abuses what they may do. */
export const abuser = 'official-3'

/** An open case of the abuser's own. */
export function abusersCase({ demo }: AbuseWorld): CaseRecord {
  return ownCase(demo, abuser)
}

/** People with whom the abuser has nothing to do. */
export function strangersOf({ demo }: AbuseWorld, count: number): readonly CaseRecord['subject'][] {
  return demo.people
    .slice(2_000, 2_000 + count)
    .map(({ nin }) => ({ scheme: 'demo-nin', value: nin }))
}

/** Asks through housing's own gateway, as its systems do: by default whether the income is below the limit. */
export async function askInAbuse(
  world: AbuseWorld,
  wish: Partial<DemoQuestion>,
): Promise<AskOutcome> {
  const own = abusersCase(world)
  const reply = await world.client.ask({
    agreement: demoAgreementIds.income,
    elements: ['income_below_limit'],
    subject: own.subject,
    case: own.reference,
    official: abuser,
    idempotencyKey: world.run,
    ...wish,
  })
  if (reply.kind === 'outcome') return reply.outcome
  throw new DemoError('REQUEST_FAILED', `the question was not even asked: ${reply.code}`)
}

/** One question about each person, one after the other. */
export async function askAboutEach(
  world: AbuseWorld,
  subjects: readonly CaseRecord['subject'][],
): Promise<readonly AskOutcome[]> {
  const outcomes: AskOutcome[] = []
  for (const [index, subject] of subjects.entries())
    outcomes.push(
      await askInAbuse(world, { subject, idempotencyKey: `${world.run}-each-${index}` }),
    )
  return outcomes
}
