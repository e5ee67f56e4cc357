import * as z from 'zod'

/** Something that an audit found. */
export interface FoundAnswer {
  readonly party: 'left' | 'right' | 'tally' | null
  readonly code: string
  readonly at: number | null
}

interface PartyAnswer {
  readonly organisation: string
  readonly places: number
  readonly dummies: number | null
}

/** What `POST /v1/join-audits/show` answers, and `GET /v1/join-audits` lists. */
export interface AuditAnswer {
  readonly qid: string
  readonly begunMs: number
  readonly by: string
  readonly state: 'running' | 'ended' | 'lost'
  readonly parties: Readonly<Record<'left' | 'right' | 'tally', string>>
  readonly messages: readonly {
    readonly leg: string
    readonly direction: 'sent' | 'received'
    readonly party: string
    readonly atMs: number
  }[]
  readonly finding: {
    readonly dummiesOf: 'left' | 'right' | null
    readonly parties: Readonly<Record<'left' | 'right' | 'tally', PartyAnswer>>
    readonly findings: readonly FoundAnswer[]
  } | null
  readonly holds: boolean | null
  readonly isDrawRight: boolean | null
}

/** What `GET /v1/join-audits` answers. */
export interface AuditsAnswer {
  readonly audits: readonly AuditAnswer[]
  readonly auditable: readonly {
    readonly qid: string
    readonly endedMs: number
    readonly untilMs: number
    readonly isAudited: boolean
    readonly seenAt: readonly string[]
  }[]
  readonly unreachable: readonly string[]
}

const count = z.int().min(0)
const names = z.object({ left: z.string(), right: z.string(), tally: z.string() })
const party = z.looseObject({ organisation: z.string(), places: count, dummies: count.nullable() })

/** Accepts an {@link AuditAnswer}; what else it has is kept for `--json`. */
export const auditSchema: z.ZodType<AuditAnswer> = z.looseObject({
  qid: z.string(),
  begunMs: count,
  by: z.string(),
  state: z.enum(['running', 'ended', 'lost']),
  parties: names,
  messages: z.array(
    z.looseObject({
      leg: z.string(),
      direction: z.enum(['sent', 'received']),
      party: z.string(),
      atMs: count,
    }),
  ),
  finding: z
    .looseObject({
      dummiesOf: z.enum(['left', 'right']).nullable(),
      parties: z.object({ left: party, right: party, tally: party }),
      findings: z.array(
        z.object({
          party: z.enum(['left', 'right', 'tally']).nullable(),
          code: z.string(),
          at: count.nullable(),
        }),
      ),
    })
    .nullable(),
  holds: z.boolean().nullable(),
  isDrawRight: z.boolean().nullable(),
})

/** Accepts an {@link AuditsAnswer}. */
export const auditsSchema: z.ZodType<AuditsAnswer> = z.object({
  audits: z.array(auditSchema),
  auditable: z.array(
    z.object({
      qid: z.string(),
      endedMs: count,
      untilMs: count,
      isAudited: z.boolean(),
      seenAt: z.array(z.string()),
    }),
  ),
  unreachable: z.array(z.string()),
})
