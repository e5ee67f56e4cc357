import * as z from 'zod'
import { decodeUtf8, utf8 } from '../bytes/index.ts'
import { systemTimers } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { localAddress } from './demo-config.ts'
import { DemoError } from './demo-error.ts'
import { demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

const limits = { timeoutMs: 20_000, maxResponseBytes: 4_194_304 }
const pauseMs = 250
const patienceSeconds = 60

/** What the inspector's audit of a join of the demo came to. */
export interface DemoJoinAudit {
  readonly holds: boolean
  /** Whether the places are those that all four drew together. */
  readonly isDrawRight: boolean
  readonly findings: number
  readonly opened: Readonly<Record<'left' | 'right', DemoOpened>>
}

/** How much a holder opened. */
export interface DemoOpened {
  readonly places: number
  readonly dummies: number | null
}

const opened: z.ZodType<DemoOpened> = z.object({
  places: z.int(),
  dummies: z.int().nullable(),
})
const viewSchema = z.object({
  state: z.string(),
  holds: z.boolean().nullable(),
  isDrawRight: z.boolean().nullable(),
  finding: z
    .object({ parties: z.object({ left: opened, right: opened }), findings: z.array(z.unknown()) })
    .nullable(),
})

/**
 * Has the inspector's gateway audit a join, with all dummies of one side, as its own people do, and waits for the finding.
 *
 * @throws {@link DemoError} `CHECK_FAILED` where the gateway refuses
 */
export async function auditDemoJoin(
  { basePort, pagesToken }: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  http: HttpClient,
  { qid, dummiesOf }: { readonly qid: string; readonly dummiesOf: 'left' | 'right' },
): Promise<DemoJoinAudit> {
  const offset = demoOrganisations.find(({ id }) => id === 'inspector')?.portOffset ?? 0
  const base = `http://${localAddress(basePort + offset + portOffsets.admin)}/v1/join-audits`
  const headers = { authorization: `Bearer ${pagesToken}`, 'content-type': 'application/json' }
  const post = async (path: string, content: object): Promise<unknown> => {
    const body = utf8(JSON.stringify({ v: 1, qid, ...content }))
    const request = { method: 'POST' as const, url: `${base}${path}`, headers, body, ...limits }
    const response = await http.send(request)
    const text = decodeUtf8(response.body)
    if (response.status !== 200)
      throw new DemoError('CHECK_FAILED', `the inspector's gateway answers ${text.slice(0, 300)}`)
    return JSON.parse(text) as unknown
  }
  await post('', { dummiesOf, patienceSeconds })
  for (;;) {
    const { state, finding, holds, isDrawRight } = viewSchema.parse(await post('/show', {}))
    if (finding !== null) {
      const { parties, findings } = finding
      return {
        holds: holds === true,
        isDrawRight: isDrawRight === true,
        findings: findings.length,
        opened: parties,
      }
    }
    if (state !== 'running') throw new DemoError('CHECK_FAILED', 'the audit of the join is lost')
    await systemTimers.sleep(pauseMs)
  }
}
