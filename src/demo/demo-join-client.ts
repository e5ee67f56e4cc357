import * as z from 'zod'
import { decodeUtf8, utf8 } from '../bytes/index.ts'
import { systemTimers } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { localAddress } from './demo-config.ts'
import { DemoError } from './demo-error.ts'
import { demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

const limits = { timeoutMs: 45_000, maxResponseBytes: 67_108_864 }
const pauseMs = 250

/** One message of a run that is in the tally's log. */
export interface DemoJoinLeg {
  readonly kind: string
  /** `left` or `right`; `null` of the tally's own. */
  readonly side: string | null
}

/** What became of asking over two registers. */
export interface DemoJoinAsked {
  readonly state: string
  readonly qid?: string | undefined
}

/** How far a question over two registers is, or its release, as it came. */
export interface DemoJoinView {
  readonly state: 'running' | 'released' | 'stopped'
  readonly progress?: { readonly legs: readonly DemoJoinLeg[] } | undefined
  readonly release?: unknown
}

/** What a question would be, before it is asked. */
export interface DemoJoinPreview {
  readonly parties: { readonly mustAgree: readonly string[]; readonly inspector: string }
  readonly preview: { readonly cells: number } | null
}

const legSchema: z.ZodType<DemoJoinLeg> = z.object({
  kind: z.string(),
  side: z.string().nullable(),
})
const askedSchema: z.ZodType<DemoJoinAsked> = z.object({
  state: z.string(),
  qid: z.string().optional(),
})
const viewSchema: z.ZodType<DemoJoinView> = z.object({
  state: z.enum(['running', 'released', 'stopped']),
  progress: z.object({ legs: z.array(legSchema) }).optional(),
  release: z.unknown().optional(),
})
const previewSchema: z.ZodType<DemoJoinPreview> = z.object({
  parties: z.object({ mustAgree: z.array(z.string()), inspector: z.string() }),
  preview: z.object({ cells: z.number() }).nullable(),
})

/** Asks over two registers through social security's gateway, as its own analysts do. */
export interface DemoJoinClient {
  preview(question: object): Promise<DemoJoinPreview>
  ask(question: object): Promise<DemoJoinAsked>
  view(qid: string): Promise<DemoJoinView>
  /** Waits for the end of a run; `onLeg` is told each leg once. */
  wait(qid: string, onLeg: (leg: DemoJoinLeg) => void): Promise<DemoJoinView>
}

/**
 * A client for a demo that runs.
 *
 * @throws {@link DemoError} `CHECK_FAILED` for an answer that is none
 */
export function demoJoinClient(
  { basePort, pagesToken }: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  http: HttpClient,
): DemoJoinClient {
  const offset = demoOrganisations.find(({ id }) => id === 'social')?.portOffset ?? 0
  const base = `http://${localAddress(basePort + offset + portOffsets.pages)}/v1/statistics/joins`
  const headers = { authorization: `Bearer ${pagesToken}`, 'content-type': 'application/json' }
  const analyst = 'analyst-1'
  const post = async (path: string, content: object): Promise<unknown> => {
    const body = utf8(JSON.stringify({ analyst, ...content }))
    const request = { method: 'POST' as const, url: `${base}${path}`, headers, body, ...limits }
    const response = await http.send(request)
    const text = decodeUtf8(response.body)
    if (response.status !== 200)
      throw new DemoError('CHECK_FAILED', `social security's gateway answers ${text.slice(0, 300)}`)
    return JSON.parse(text) as unknown
  }
  const view = async (qid: string): Promise<DemoJoinView> =>
    viewSchema.parse(await post('/result', { qid }))
  return {
    view,
    preview: async (question) => previewSchema.parse(await post('/previews', { question })),
    ask: async (question) => askedSchema.parse(await post('', { question })),
    async wait(qid, onLeg) {
      let told = 0
      for (;;) {
        const seen = await view(qid)
        const legs = seen.progress?.legs ?? []
        for (const one of legs.slice(told)) onLeg(one)
        told = Math.max(told, legs.length)
        if (seen.state !== 'running') return seen
        await systemTimers.sleep(pauseMs)
      }
    },
  }
}
