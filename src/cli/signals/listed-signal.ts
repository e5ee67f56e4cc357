import * as z from 'zod'

/** A signal as the gateway lists it. */
export interface ListedSignal {
  readonly entry: { readonly log: string; readonly index: number }
  readonly r: string
  readonly signal: {
    readonly id: string
    readonly kind: string
    readonly side: string
    readonly consumer: string
    readonly agreement: string | null
    readonly official: string | null
    readonly subject: string | null
    readonly entryCount: number
    readonly entries: readonly { readonly log: string; readonly index: number }[]
    readonly window: { readonly fromMs: number; readonly toMs: number }
    readonly evidence: {
      readonly law: string
      readonly observed: number
      readonly expected: number
      readonly threshold: number
    }
    readonly falseAlarmsPerYear: number
    readonly madeAtMs: number
  }
  readonly decision: {
    readonly verdict: string
    readonly by: string
    readonly entry: number
    readonly atMs: number
  } | null
}

const place = z.object({ log: z.string(), index: z.int() })
const listed: z.ZodType<ListedSignal> = z.object({
  entry: place,
  r: z.string(),
  signal: z.object({
    v: z.literal(1),
    id: z.string(),
    kind: z.string(),
    side: z.string(),
    consumer: z.string(),
    agreement: z.string().nullable(),
    official: z.string().nullable(),
    subject: z.string().nullable(),
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
  decision: z
    .object({ verdict: z.string(), by: z.string(), entry: z.int(), atMs: z.int() })
    .nullable(),
})
const list = z.object({ signals: z.array(listed) })

/** Reads the gateway's list. */
export function readListedSignals(json: unknown): readonly ListedSignal[] {
  return list.parse(json).signals
}

/** What each kind of signal says, as a sentence. */
const sentences: Readonly<Record<string, string>> = {
  sequential: 'asks about people whose identifiers stand next to each other',
  bounds: 'one element of one person was cut in many places',
  sweep: 'puts one and the same question to far more people than colleagues do',
  'new-subjects': 'more new people a day than usual',
  crowd: 'many officials asked about one person',
  kin: 'asked about themselves or somebody close, as the case source says',
  idle: 'far more questions than colleagues that nothing in their case follows',
  overlap: 'asks about the same people under several agreements, far more than colleagues do',
}

/** What a signal says, in plain words. */
export function signalSentence({ signal }: ListedSignal): string {
  return sentences[signal.kind] ?? signal.kind
}
