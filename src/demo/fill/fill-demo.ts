import { systemClock, systemTimers, undiciHttpClient } from '../../platform/index.ts'
import { type DemoClient, demoClient } from '../demo-client.ts'
import { DemoError } from '../demo-error.ts'
import { openKeptDemo } from '../kept-demo.ts'
import { prepareDemo, type PreparedDemo, type Tell } from '../prepare-demo.ts'
import { startDemo } from '../start-demo.ts'
import { untilAnswered } from '../until-answered.ts'
import { fillLogs, type FillProgress } from './fill-logs.ts'

/** What is wanted of a filled demo. */
export interface FillWish {
  readonly dir: string
  /** Whether a demo is there already; else one is made with this port as its first. */
  readonly isKept: boolean
  readonly basePort: number
  /** Made-up exchanges to add. */
  readonly count: number
}

/** Who is told how it goes. */
export interface FillTold {
  readonly tell: Tell
  readonly onProgress: (progress: FillProgress) => void
}

/** What there is after filling. */
export interface FilledDemo {
  readonly exchanges: number
  /** Milliseconds that writing the entries took, without founding, publishing and witnesses. */
  readonly writingMs: number
  readonly logs: readonly { readonly organisation: string; readonly size: number }[]
}

const agencies = ['tax', 'social', 'housing'] as const
const publishedWithinMs = 300_000

/** Waits until an agency has published all of its log with a witness's cosignature; gives the size. */
async function untilWitnessed(
  agency: (typeof agencies)[number],
  client: DemoClient,
): Promise<number> {
  const patience = { clock: systemClock, timers: systemTimers, withinMs: publishedWithinMs }
  const wanted = await untilAnswered(() => client.size(agency), patience)
  const untilMs = systemClock.now() + publishedWithinMs
  for (;;) {
    const found = await client.published(agency).catch(() => undefined)
    const size = found?.opened.checkpoint.size ?? 0
    if (found !== undefined && size >= wanted && found.opened.cosignatures.length > 0) return size
    if (systemClock.now() > untilMs)
      throw new DemoError('CHECK_FAILED', `the log of ${agency} is not published and witnessed`)
    await systemTimers.sleep(250)
  }
}

/** Starts the demo, waits until every agency's log is published and witnessed, and stops it again. */
async function witnessAll(demo: PreparedDemo, tell: Tell): Promise<FilledDemo['logs']> {
  await using _running = await startDemo(demo, tell)
  await using http = undiciHttpClient()
  const client = demoClient(demo, http, () => systemClock.now())
  return await Promise.all(
    agencies.map(async (organisation) => ({
      organisation,
      size: await untilWitnessed(organisation, client),
    })),
  )
}

/**
 * Adds made-up exchanges to a kept demo, which is made first where there is none, and leaves it stopped with every
 * log published and witnessed.
 *
 * @throws {@link DemoError} `CHECK_FAILED` when a log does not get its witnesses
 */
export async function fillDemo(
  wish: FillWish,
  { tell, onProgress }: FillTold,
): Promise<FilledDemo> {
  const { dir, isKept, basePort, count } = wish
  const quiet: Tell = () => undefined
  const demo = isKept ? await openKeptDemo(dir) : await prepareDemo(dir, basePort, tell)
  if (!isKept) {
    tell('starting the demo once, so that its agreements and keys are entries')
    await witnessAll(demo, quiet)
  }
  tell(`writing ${count.toLocaleString('en')} exchanges into three logs`)
  const startedAtMs = systemClock.now()
  await fillLogs(demo, count, onProgress)
  const writingMs = systemClock.now() - startedAtMs
  tell('publishing the logs, for the witnesses to cosign')
  return { exchanges: count, writingMs, logs: await witnessAll(demo, quiet) }
}
