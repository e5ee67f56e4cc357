import * as z from 'zod'
import {
  canonicalBytes,
  decodeBase64,
  encodeBase64,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from '../../../bytes/index.ts'
import { JoinError, joinFaultCodes } from '../join-error.ts'
import { asJoinPlan, type JoinPlan, joinPlanJson } from '../plan/index.ts'
import { holderMade, type HolderState, holderTaken } from './holder-state.ts'
import type { Stopped } from './join-step.ts'
import { tallyMade, type TallyState, tallyTaken } from './tally-state.ts'

/** Most bytes of a kept state. */
const mostStateBytes = 1_073_741_824

const kept: z.ZodType<Uint8Array> = z.base64().transform((text) => decodeBase64(text))
const plan: z.ZodType<JoinPlan> = z.unknown().transform((json) => asJoinPlan(json))
const stopped: z.ZodType<Stopped | undefined> = z
  .strictObject({
    code: z.enum(joinFaultCodes),
    by: z.enum(['left', 'right', 'tally']),
    blames: z.enum(['left', 'right', 'tally']).nullable(),
  })
  .nullable()
  .transform((value) => value ?? undefined)

const holderSchema: z.ZodType<HolderState> = z.strictObject({
  plan,
  side: z.enum(['left', 'right']),
  secrets: z
    .strictObject({
      scalar: kept,
      saltKey: kept,
      places: z.array(z.strictObject({ isRow: z.boolean(), content: kept })),
      dummies: z.strictObject({ s: kept, unused: kept, isUsed: kept }),
      outputs: z.array(z.int().min(0)),
    })
    .nullable()
    .transform((value) => value ?? undefined),
  made: z.partialRecord(z.enum(holderMade), kept),
  taken: z.partialRecord(z.enum(holderTaken), kept),
  stopped,
})

const tallySchema: z.ZodType<TallyState> = z.strictObject({
  plan,
  made: z.partialRecord(z.enum(tallyMade), kept),
  taken: z.partialRecord(z.enum(tallyTaken), kept),
  stopped,
})

/** The bytes of a holder's state, for its own store: secret, and to be erased when the state is destroyed. */
export function holderStateBytes({ plan: planned, secrets, ...state }: HolderState): Uint8Array {
  return canonicalBytes({
    plan: joinPlanJson(planned),
    side: state.side,
    secrets:
      secrets === undefined
        ? null
        : {
            scalar: encodeBase64(secrets.scalar),
            saltKey: encodeBase64(secrets.saltKey),
            places: secrets.places.map(({ isRow, content }) => ({
              isRow,
              content: encodeBase64(content),
            })),
            dummies: textsOf({ ...secrets.dummies }),
            outputs: [...secrets.outputs],
          },
    made: textsOf(state.made),
    taken: textsOf(state.taken),
    stopped: stoppedJson(state.stopped),
  })
}

/** The bytes of a tally's state. */
export function tallyStateBytes({ plan: planned, made, taken, ...state }: TallyState): Uint8Array {
  return canonicalBytes({
    plan: joinPlanJson(planned),
    made: textsOf(made),
    taken: textsOf(taken),
    stopped: stoppedJson(state.stopped),
  })
}

/**
 * @throws {@link JoinError} `STATE_INVALID`
 */
export function readHolderState(bytes: Uint8Array): HolderState {
  return readState(holderSchema, bytes)
}

/**
 * @throws {@link JoinError} `STATE_INVALID`
 */
export function readTallyState(bytes: Uint8Array): TallyState {
  return readState(tallySchema, bytes)
}

function readState<State>(schema: z.ZodType<State>, bytes: Uint8Array): State {
  try {
    const { data } = schema.safeParse(readCanonicalJson(bytes, { maxBytes: mostStateBytes }))
    if (data !== undefined) return data
  } catch {
    // What is wrong with it may quote what is in it: the cause is not kept.
  }
  throw new JoinError('STATE_INVALID', 'these bytes are no state of a join')
}

function textsOf(all: Readonly<Record<string, Uint8Array | undefined>>): JsonObject {
  const texts: Record<string, Json> = {}
  for (const [name, bytes] of Object.entries(all))
    if (bytes !== undefined) texts[name] = encodeBase64(bytes)
  return texts
}

function stoppedJson(value: Stopped | undefined): Json {
  return value === undefined ? null : { code: value.code, by: value.by, blames: value.blames }
}
