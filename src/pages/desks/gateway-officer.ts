import * as z from 'zod'
import type { OfficeOutcome, OfficerDesk } from '../../web/index.ts'
import type { GatewayCalls, GatewayReply } from './gateway-calls.ts'
import {
  agreementsSchema,
  budgetsSchema,
  emergenciesSchema,
  openingsSchema,
  registersSchema,
  signalsSchema,
} from './office-answers.ts'

const doneSchema = z.union([
  z.object({ state: z.literal('accepted'), index: z.int() }),
  z.object({ state: z.literal('known') }),
  z.object({ index: z.int() }),
])

function outcomeOf(reply: GatewayReply): OfficeOutcome {
  if (reply.kind === 'problem') return { state: 'refused', code: reply.code, reason: reply.title }
  const done = doneSchema.parse(reply.json)
  return 'index' in done ? { state: 'done', entry: done.index } : { state: 'known' }
}

/** How long an agreement waits before it counts, and who signs on this machine: nobody but in the demo. */
export type OfficerTerms = Pick<OfficerDesk, 'timeLockMs' | 'signer'>

/** The desk of one organisation's data protection officer, over its gateway's inner interface. */
export function gatewayOfficer(calls: GatewayCalls, terms: OfficerTerms): OfficerDesk {
  return {
    ...terms,
    agreements: async () => agreementsSchema.parse(await calls.get('/v1/agreements')).agreements,
    budgets: async () => budgetsSchema.parse(await calls.get('/v1/budgets')).budgets,
    registers: async () => registersSchema.parse(await calls.get('/v1/registers')).registers,
    signals: async () => signalsSchema.parse(await calls.get('/v1/signals')).signals,
    decideSignal: async (id, verdict) =>
      outcomeOf(await calls.post('/v1/signal-decisions', { v: 1, id, verdict })),
    emergencies: async () =>
      emergenciesSchema.parse(await calls.get('/v1/emergencies')).emergencies,
    reviewEmergency: async ({ consumer, exchangeId }, finding) =>
      outcomeOf(await calls.post('/v1/emergency-reviews', { v: 1, consumer, exchangeId, finding })),
    openings: async () => openingsSchema.parse(await calls.get('/v1/identity-openings')),
    handIn: async (document) => outcomeOf(await calls.post('/v1/agreements', document)),
  }
}
