import { decodeUtf8, encodeBase64 } from '../../bytes/index.ts'
import { makeEntry } from '../../log/index.ts'
import { startWriter, type WriterHost } from '../../node/index.ts'
import {
  checkAnswer,
  type ExpectedExchange,
  publicationOf,
  type QuestionCommitted,
} from '../../person/index.ts'
import { bestEd25519, systemRandomness } from '../../platform/index.ts'
import { parsePersonAnswer } from '../../protocol/index.ts'
import { openStateReader } from '../../storage/sqlite/index.ts'
import { BenchError } from '../bench-error.ts'
import { benchProvider } from '../load/known-parties.ts'
import { requireLog } from './check-log.ts'
import { type DecisionIntent, decisionIntent, type IntentGround } from './decision-intents.ts'
import type { LogWorld } from './log-world.ts'
import { startPublishing } from './publishing.ts'
import { smallRecord } from './sealed-entries.ts'

/** How a round of decisions runs. */
export interface DecisionPlan {
  readonly decisions: number
  readonly group: number
  readonly callers: number
}

/** One answer in so many is checked in full. */
const checkedEvery = 101

interface Kept {
  readonly asked: DecisionIntent
  readonly body: Uint8Array
}

/** Publishes the agreement, so that the writer finds it in force. */
async function publishAgreement(world: LogWorld, writer: WriterHost): Promise<void> {
  using reader = openStateReader(world.settings.statePath)
  const publication = await publicationOf(reader, world.agreement, world.settings.organisation)
  if (publication !== undefined) await writer.commit(publication)
  await new Promise((resolve) => setTimeout(resolve, 10))
}

function groundOf(world: LogWorld): IntentGround {
  const entry = makeEntry(smallRecord(Date.now()), systemRandomness.bytes(32))
  return {
    world,
    nowMs: Date.now(),
    askedCommitment: encodeBase64(entry.commitment),
    askedReceipt: {
      r: encodeBase64(entry.r),
      record: decodeUtf8(entry.recordBytes),
      // As long as a receipt from a log of a million entries.
      proof: 'c2sp.org/tlog-proof@v1\n'.padEnd(1_200, '.'),
    },
  }
}

async function commitQuestion(
  writer: WriterHost,
  { intent }: DecisionIntent,
): Promise<QuestionCommitted> {
  const committed = await writer.commit(intent)
  if (committed.type !== 'question' || committed.status !== 200) {
    const status = committed.type === 'question' ? committed.status : 0
    throw new BenchError('RUN_REJECTED', `A decision came back with status ${status}.`)
  }
  return committed
}

async function runCallers(
  intents: readonly DecisionIntent[],
  writer: WriterHost,
  callers: number,
): Promise<readonly Kept[]> {
  const kept: Kept[] = []
  let at = 0
  async function caller(): Promise<void> {
    for (let asked = intents[at]; asked !== undefined; asked = intents[at]) {
      const place = at
      at += 1
      const { body } = await commitQuestion(writer, asked)
      if (place % checkedEvery === 0) kept.push({ asked, body })
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return kept
}

/** Every kept answer, checked as its consumer's gateway would. */
function requireAnswers(kept: readonly Kept[], { world, ...ground }: IntentGround): void {
  const shared = {
    consumer: world.trust.consumer.id,
    provider: benchProvider(world.trust),
    known: world.agreement,
    askedCommitment: ground.askedCommitment,
    lastSeenCheckpoint: null,
    nowMs: Date.now(),
    ed25519: bestEd25519(),
  }
  for (const { asked, body } of kept) {
    const expected: ExpectedExchange = { ...shared, core: asked.core }
    const checked = checkAnswer(parsePersonAnswer(body), expected)
    if (!checked.ok) {
      throw new BenchError('RUN_REJECTED', `An answer does not hold: ${checked.code}.`)
    }
  }
}

/**
 * Decisions a second, from verified questions to durable answers with receipts, through the gateway's
 * writer in its own thread: decided again on live counters, nonce, caps, chain, entry sealed, answer
 * kept, head in both stores. Answers and the whole log are verified afterwards.
 */
export async function decisionRound(world: LogWorld, plan: DecisionPlan): Promise<number> {
  const start = { settings: world.settings, agreements: [world.agreement] }
  await using publishing = await startPublishing(world)
  let rate: number
  {
    await using writer = await startWriter(start, plan.group)
    await publishAgreement(world, writer)
    const ground = groundOf(world)
    const intents = Array.from({ length: plan.decisions }, (_, place) =>
      decisionIntent(place, ground),
    )
    const begun = performance.now()
    const kept = await runCallers(intents, writer, plan.callers)
    rate = (plan.decisions / (performance.now() - begun)) * 1000
    requireAnswers(kept, ground)
  }
  await publishing.covers(plan.decisions + 1)
  await requireLog(world, plan.decisions + 1)
  return rate
}
