import * as z from 'zod'
import { actBytes, parseAgreement, signAct, signAgreement } from '../../agreement/index.ts'
import { canonicalBytes } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import type { Clock } from '../../ports/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'
import type { OfficeOutcome, OfficerDesk, OfficerSigner } from '../../web/index.ts'
import { demoTimeLockMs } from '../demo-layout.ts'
import type { AdminCalls, AdminReply } from './admin-calls.ts'
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

function outcomeOf(reply: AdminReply): OfficeOutcome {
  if (reply.kind === 'problem') return { state: 'refused', code: reply.code, reason: reply.title }
  const done = doneSchema.parse(reply.json)
  return 'index' in done ? { state: 'done', entry: done.index } : { state: 'known' }
}

/** The demo holds every officer's key, on one machine with everything else; nobody else does. */
function demoSigner(organisation: string, seed: Uint8Array, clock: Clock): OfficerSigner {
  const signer = { organisation: parseOrganisationId(organisation), role: 'dpo', seed } as const
  const ed25519 = bestEd25519()
  return {
    sign: (agreement) => {
      const bytes = canonicalBytes(signAgreement(agreement, signer, ed25519))
      parseAgreement(bytes)
      return bytes
    },
    signAct: (wanted) => actBytes(signAct({ v: 1, ...wanted, atMs: clock.now() }, signer, ed25519)),
  }
}

/** Whose desk it is, with the officer's secret key, 32 bytes. */
export interface DemoOfficer {
  readonly organisation: string
  readonly dpoSeed: Uint8Array
}

/** The desk of one organisation's data protection officer, over its gateway's inner interface. */
export function demoOfficer(
  calls: AdminCalls,
  { organisation, dpoSeed }: DemoOfficer,
  clock: Clock,
): OfficerDesk {
  return {
    timeLockMs: demoTimeLockMs,
    signer: demoSigner(organisation, dpoSeed, clock),
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
