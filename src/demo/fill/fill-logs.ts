import { join } from 'node:path'
import { systemClock, systemRandomness } from '../../platform/index.ts'
import type { PreparedDemo } from '../prepare-demo.ts'
import { agreedTerms } from './agreed-terms.ts'
import { type ChainWriter, openChainWriter } from './chain-writer.ts'
import { fillPlan } from './fill-plan.ts'
import { type MadeExchange, makeExchange } from './made-exchange.ts'

/** How far the filling is. */
export interface FillProgress {
  readonly done: number
  readonly count: number
}

/** Exchanges that are committed together: three batches, one at each step. */
const together = 500

interface Writers {
  readonly housing: ChainWriter
  readonly tax: ChainWriter
  readonly social: ChainWriter
}

async function answer(
  made: readonly { readonly exchange: MadeExchange; readonly asked: string }[],
  provider: 'tax' | 'social',
  writer: ChainWriter,
): Promise<readonly { readonly exchange: MadeExchange; readonly answered: string }[]> {
  const own = made.filter(({ exchange }) => exchange.provider === provider)
  const commitments = await writer.write(
    own.map(({ exchange, asked }) => ({
      subject: exchange.subject,
      record: exchange.answered(asked),
      s: exchange.s,
    })),
  )
  return own.map(({ exchange }, at) => ({ exchange, answered: commitments[at] ?? '' }))
}

/** "Asked" at housing, then the providers' entries that cite it, then "received" that cites theirs. */
async function commitTogether(
  exchanges: readonly MadeExchange[],
  { housing, tax, social }: Writers,
): Promise<void> {
  const commitments = await housing.write(
    exchanges.map(({ subject, asked, askedS }) => ({ subject, record: asked, s: askedS })),
  )
  const asked = exchanges.map((exchange, at) => ({ exchange, asked: commitments[at] ?? '' }))
  const answered = [
    ...(await answer(asked, 'tax', tax)),
    ...(await answer(asked, 'social', social)),
  ]
  await housing.write(
    answered.map(({ exchange, answered: peer }) => ({
      subject: exchange.subject,
      record: exchange.received(peer),
      s: new Uint8Array(32),
    })),
  )
}

/**
 * Writes `count` made-up exchanges into the logs of a stopped demo, through each organisation's own log writer:
 * three entries each, linked to the person's chains on both sides. Nobody is asked and nothing is looked up. After
 * a crash the logs are whole, with fewer exchanges.
 */
export async function fillLogs(
  demo: PreparedDemo,
  count: number,
  onProgress: (progress: FillProgress) => void,
): Promise<void> {
  using stack = new DisposableStack()
  const open = async (id: string): Promise<ChainWriter> =>
    stack.use(await openChainWriter(join(demo.dir, id)))
  const writers = {
    housing: await open('housing'),
    tax: await open('tax'),
    social: await open('social'),
  }
  const plan = fillPlan(demo, await writers.housing.size())
  const terms = agreedTerms(demo.agreements)
  const pseudonymKey = demo.founded.get('housing')?.pseudonymKey ?? new Uint8Array(32)
  const randomness = systemRandomness
  for (let done = 0; done < count; done += together) {
    const deps = { terms, pseudonymKey, randomness, nowMs: systemClock.now() }
    const size = Math.min(together, count - done)
    const exchanges = Array.from({ length: size }, () => makeExchange(plan.next().value, deps))
    await commitTogether(exchanges, writers)
    onProgress({ done: done + size, count })
  }
}
