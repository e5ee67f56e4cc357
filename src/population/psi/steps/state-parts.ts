import * as z from 'zod'
import {
  canonicalBytes,
  decodeBase64,
  encodeBase64,
  type Json,
  readCanonicalJson,
} from '../../../bytes/index.ts'
import { inspectorMade, type InspectorState, inspectorTaken } from '../audit/inspector-state.ts'
import { JoinError, joinFaultCodes } from '../join-error.ts'
import { asJoinPlan, type JoinPlan, joinPlanJson } from '../plan/index.ts'
import { readingEach } from './read-each.ts'
import { holderMade, type HolderSecrets, type HolderState, holderTaken } from './holder-state.ts'
import type { Stopped } from './join-step.ts'
import { tallyAsked, tallyMade, type TallyState, tallyTaken } from './tally-state.ts'

/**
 * A state in pieces, for its own store: secret, and to be erased when the state is destroyed. A list never changes under its
 * name, so a step has to write its head and the lists that are new.
 */
export interface StateParts {
  /** Canonical JSON, small. */
  readonly head: Uint8Array
  /** Messages, points, places: as they are, by name, each read when it is asked for. */
  readonly lists: ReadonlyMap<string, () => Uint8Array>
}

/** Most bytes of a head: a plan, and a few names. */
const mostHeadBytes = 262_144

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

const holderHead = z.strictObject({
  v: z.literal(1),
  plan,
  side: z.enum(['left', 'right']),
  secrets: z
    .strictObject({ scalar: kept, saltKey: kept, stride: z.int().min(16), sealKey: kept })
    .nullable(),
  lists: z.array(z.string()),
  stopped,
})
const tallyHead = z.strictObject({ v: z.literal(1), plan, lists: z.array(z.string()), stopped })
const inspectorHead = z.strictObject({
  v: z.literal(1),
  plan,
  dummiesOf: z.enum(['left', 'right']).nullable(),
  nonce: kept,
  patienceMs: z.int().min(0),
  openedMs: z.int().min(0),
  askedMs: z.int().min(0).nullable(),
  lists: z.array(z.string()),
})

type Lists = StateParts['lists']

/** A holder's state in pieces. */
export function holderStateParts(state: HolderState): StateParts {
  const { secrets, made, taken } = state
  const lists = new Map([
    ...(secrets === undefined ? [] : secretLists(secrets)),
    ...messageLists('made', made),
    ...messageLists('taken', taken),
  ])
  const head = canonicalBytes({
    v: 1,
    plan: joinPlanJson(state.plan),
    side: state.side,
    secrets: secrets === undefined ? null : secretsJson(secrets),
    lists: [...lists.keys()],
    stopped: stoppedJson(state.stopped),
  })
  return { head, lists }
}

/** A tally's state in pieces. */
export function tallyStateParts({ plan: planned, made, taken, ...state }: TallyState): StateParts {
  const lists = new Map([...messageLists('made', made), ...messageLists('taken', taken)])
  const head = canonicalBytes({
    v: 1,
    plan: joinPlanJson(planned),
    lists: [...lists.keys()],
    stopped: stoppedJson(state.stopped),
  })
  return { head, lists }
}

/** An inspector's state in pieces. */
export function inspectorStateParts({ made, taken, ...state }: InspectorState): StateParts {
  const lists = new Map([...messageLists('made', made), ...messageLists('taken', taken)])
  const head = canonicalBytes({
    v: 1,
    plan: joinPlanJson(state.plan),
    dummiesOf: state.dummiesOf,
    nonce: encodeBase64(state.nonce),
    patienceMs: state.patienceMs,
    openedMs: state.openedMs,
    askedMs: state.askedMs ?? null,
    lists: [...lists.keys()],
  })
  return { head, lists }
}

/** Names of the lists that a head says belong to it; `undefined` for bytes that are no head. */
export function listsOfHead(head: Uint8Array): readonly string[] | undefined {
  const named = z.looseObject({ lists: z.array(z.string()) })
  try {
    const json = readCanonicalJson(head, { maxBytes: mostHeadBytes, maxDepth: 8 })
    return named.safeParse(json).data?.lists
  } catch {
    return undefined
  }
}

/**
 * @throws {@link JoinError} `STATE_INVALID`
 */
export function readHolderState({ head, lists }: StateParts): HolderState {
  const read = readHead(holderHead, head)
  for (const name of read.lists) listOf(lists, name)
  return {
    plan: read.plan,
    side: read.side,
    secrets: read.secrets === null ? undefined : readSecrets(read.secrets, lists),
    made: messagesOf('made', holderMade, lists),
    taken: messagesOf('taken', holderTaken, lists),
    stopped: read.stopped,
  }
}

/**
 * @throws {@link JoinError} `STATE_INVALID`
 */
export function readTallyState({ head, lists }: StateParts): TallyState {
  const read = readHead(tallyHead, head)
  for (const name of read.lists) listOf(lists, name)
  return {
    plan: read.plan,
    made: messagesOf('made', tallyMade, lists),
    taken: messagesOf('taken', [...tallyTaken, ...tallyAsked], lists),
    stopped: read.stopped,
  }
}

/**
 * @throws {@link JoinError} `STATE_INVALID`
 */
export function readInspectorState({ head, lists }: StateParts): InspectorState {
  const { lists: named, askedMs, v: _version, ...read } = readHead(inspectorHead, head)
  for (const name of named) listOf(lists, name)
  return {
    ...read,
    askedMs: askedMs ?? undefined,
    made: messagesOf('made', inspectorMade, lists),
    taken: messagesOf('taken', inspectorTaken, lists),
  }
}

function secretsJson({ scalar, saltKey, rows }: HolderSecrets): Json {
  return {
    scalar: encodeBase64(scalar),
    saltKey: encodeBase64(saltKey),
    stride: rows.stride,
    sealKey: encodeBase64(rows.sealKey),
  }
}

type NamedList = readonly [name: string, read: () => Uint8Array]

function secretLists(secrets: HolderSecrets): NamedList[] {
  const { rows, dummies } = secrets
  const lists: NamedList[] = [
    ['secrets.leaves', () => rows.leaves],
    ['secrets.slots', () => rows.slots],
    ['secrets.blanks', () => secrets.blanks],
    ['secrets.order', () => placeBytes(secrets.order)],
    ['secrets.s', () => dummies.s],
    ['secrets.unused', () => dummies.unused],
    ['secrets.isUsed', () => dummies.isUsed],
  ]
  if (secrets.outputs.length === 0) return lists
  return [...lists, ['secrets.outputs', () => placeBytes(secrets.outputs)]]
}

function readSecrets(
  { stride, sealKey, ...keys }: NonNullable<z.output<typeof holderHead>['secrets']>,
  lists: Lists,
): HolderSecrets {
  const [leaves, slots] = [listOf(lists, 'secrets.leaves'), listOf(lists, 'secrets.slots')]
  const [blanks, order] = [listOf(lists, 'secrets.blanks'), listOf(lists, 'secrets.order')]
  const [s, unused] = [listOf(lists, 'secrets.s'), listOf(lists, 'secrets.unused')]
  const isUsed = listOf(lists, 'secrets.isUsed')
  const outputs = lists.get('secrets.outputs')
  return {
    ...keys,
    rows: {
      stride,
      sealKey,
      get leaves() {
        return leaves()
      },
      get slots() {
        return slots()
      },
    },
    dummies: {
      get s() {
        return s()
      },
      get unused() {
        return unused()
      },
      get isUsed() {
        return isUsed()
      },
    },
    get blanks() {
      return blanks()
    },
    get order() {
      return placesOf(order())
    },
    get outputs() {
      return outputs === undefined ? new Uint32Array(0) : placesOf(outputs())
    },
  }
}

/** Places as `u32`, big-endian. */
function placeBytes(places: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(4 * places.length)
  const view = new DataView(bytes.buffer)
  places.forEach((place, at) => view.setUint32(4 * at, place))
  return bytes
}

function placesOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return new Uint32Array(bytes.length / 4).map((_, at) => view.getUint32(4 * at))
}

function messageLists(
  which: 'made' | 'taken',
  messages: Readonly<Record<string, Uint8Array | undefined>>,
): NamedList[] {
  return Object.keys(messages).map((name) => [
    `${which}.${name}`,
    () => messages[name] ?? new Uint8Array(0),
  ])
}

function messagesOf<Name extends string>(
  which: 'made' | 'taken',
  names: readonly Name[],
  lists: Lists,
): Partial<Record<Name, Uint8Array>> {
  const there = names.filter((name) => lists.has(`${which}.${name}`))
  return readingEach(there, (name) => listOf(lists, `${which}.${name}`)())
}

function listOf(lists: Lists, name: string): () => Uint8Array {
  const read = lists.get(name)
  if (read === undefined)
    throw new JoinError('STATE_INVALID', 'a list of the state of a join is missing')
  return read
}

function readHead<Head>(schema: z.ZodType<Head>, bytes: Uint8Array): Head {
  try {
    const json = readCanonicalJson(bytes, { maxBytes: mostHeadBytes, maxDepth: 8 })
    const { data } = schema.safeParse(json)
    if (data !== undefined) return data
  } catch {
    // What is wrong with it may quote what is in it: the cause is not kept.
  }
  throw new JoinError('STATE_INVALID', 'these bytes are no state of a join')
}

function stoppedJson(value: Stopped | undefined): Json {
  return value === undefined ? null : { code: value.code, by: value.by, blames: value.blames }
}
