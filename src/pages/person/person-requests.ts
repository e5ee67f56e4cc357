import * as z from 'zod'
import type { Json } from '../../bytes/index.ts'
import { requestKinds, stepSchemas } from '../../person/index.ts'
import type {
  OfficerRequests,
  OpenedView,
  PersonRequests,
  RequestLine,
  RequestRefusedHere,
  RequestView,
} from '../../web/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'
import type { GatewayCalls, GatewayReply } from '../desks/gateway-calls.ts'
import { PagesError } from '../pages-error.ts'

const line = {
  number: z.int(),
  kind: z.enum(requestKinds),
  filedAtMs: z.int(),
  dueMs: z.int(),
  state: z.enum(['received', 'extended', 'granted', 'refused']),
  decidedAtMs: z.int().nullable(),
}
const at = { atMs: z.int(), log: z.string(), entry: z.int() }
const stepSchema = z.discriminatedUnion('step', [
  z.object({ ...at, step: z.literal('filed'), text: stepSchemas.filed.nullable() }),
  z.object({ ...at, step: z.literal('opened') }),
  z.object({ ...at, step: z.literal('extended'), text: stepSchemas.extended.nullable() }),
  z.object({ ...at, step: z.literal('decided'), text: stepSchemas.decided.nullable() }),
])
const requestSchema = z.object({
  ...line,
  steps: z.array(stepSchema),
  notices: z.array(
    z.object({
      consumer: z.string(),
      elements: z.array(z.string()),
      state: z.enum(['waiting', 'received', 'unknown']),
      settledAtMs: z.int().nullable(),
      told: z.object({ entry: z.int() }).nullable(),
    }),
  ),
})
const ownSchema = z.object({ requests: z.array(requestSchema) })
const listSchema = z.object({ requests: z.array(z.object(line)) })
const filedSchema = z.object({ number: z.int(), filedAtMs: z.int(), dueMs: z.int() })

type ShownJson = z.infer<typeof requestSchema>
type Step<Name> = Extract<ShownJson['steps'][number], { step: Name }>

function stepOf<Name extends 'filed' | 'extended' | 'decided'>(
  { steps }: ShownJson,
  name: Name,
): Step<Name> | undefined {
  return steps.find((step): step is Step<Name> => step.step === name)
}

function extensionOf(json: ShownJson): RequestView['extension'] {
  const step = stepOf(json, 'extended')
  return step === undefined ? null : { atMs: step.atMs, reason: step.text?.reason ?? null }
}

function decisionOf(json: ShownJson): RequestView['decision'] {
  const step = stepOf(json, 'decided')
  if (step === undefined) return null
  if (step.text !== null) return step.text
  const outcome = json.state === 'granted' ? 'granted' : 'refused'
  return { outcome, law: null, answer: null, elements: [], restricts: false }
}

function filedOf(
  json: ShownJson,
): Pick<OpenedView, 'entryIndex' | 'subject' | 'about' | 'elements' | 'text'> {
  const step = stepOf(json, 'filed')
  const entryIndex = step?.entry ?? 0
  const said = step?.text ?? null
  if (said === null) return { entryIndex, subject: null, about: null, elements: [], text: null }
  const { subject, about, elements, text } = said
  const place = about && { origin: about.log, entryIndex: about.entry }
  return { entryIndex, subject, about: place, elements, text }
}

function viewOf(organisation: string, json: ShownJson): OpenedView {
  return {
    ...lineOf(json),
    ...filedOf(json),
    organisation,
    openedAtMs: json.steps.filter(({ step }) => step === 'opened').map(({ atMs }) => atMs),
    extension: extensionOf(json),
    decision: decisionOf(json),
    notices: json.notices.map(({ told, ...notice }) => ({
      ...notice,
      entryIndex: told?.entry ?? null,
    })),
  }
}

function lineOf({ number, kind, filedAtMs, dueMs, state, decidedAtMs }: RequestLine): RequestLine {
  return { number, kind, filedAtMs, dueMs, state, decidedAtMs }
}

/** Refusals that are told on the page; whatever else is refused is a failure. */
function toldOr<Done>(
  reply: GatewayReply,
  read: (json: unknown) => Done,
): Done | RequestRefusedHere {
  return reply.kind === 'json' ? read(reply.json) : { code: reply.code }
}

function doneOr<Done>(reply: GatewayReply, read: (json: unknown) => Done): Done {
  if (reply.kind === 'json') return read(reply.json)
  throw new PagesError('REQUEST_FAILED', `the gateway answered ${reply.code}`)
}

/** What requests of persons are filed with. */
export interface RequestWorld {
  /** Of each organisation that takes requests, in the order in which a person sees them. */
  readonly gateways: ReadonlyMap<string, GatewayCalls>
  readonly subjectOf: (personId: string) => SubjectReference | undefined
}

/** Requests of persons, at every organisation's own gateway. */
export function personRequests({ gateways, subjectOf: find }: RequestWorld): PersonRequests {
  const callsOf = (organisation: string): GatewayCalls => {
    const calls = gateways.get(organisation)
    if (calls !== undefined) return calls
    throw new PagesError('REQUEST_FAILED', `${organisation} takes no requests here`)
  }
  const subjectOf = (personId: string): { readonly scheme: string; readonly value: string } => {
    const subject = find(personId)
    if (subject === undefined) throw new PagesError('REQUEST_FAILED', 'no such person')
    return { scheme: subject.scheme, value: subject.value }
  }
  const ownAt = async (organisation: string, personId: string): Promise<readonly RequestView[]> => {
    const reply = await callsOf(organisation).post('/v1/own-requests', {
      subject: subjectOf(personId),
    })
    const { requests } = doneOr(reply, (json) => ownSchema.parse(json))
    return requests.map((request) => viewOf(organisation, request))
  }
  return {
    async file(personId, organisation, { id, kind, about, elements, text }) {
      const body: Json = {
        v: 1,
        id,
        subject: subjectOf(personId),
        kind,
        about: about && { log: about.origin, entry: about.entryIndex },
        elements: [...elements],
        text,
      }
      const reply = await callsOf(organisation).post('/v1/person-requests', body)
      return toldOr(reply, (json) => {
        const filed = filedSchema.parse(json)
        return { ...filed, kind, state: 'received', decidedAtMs: null } as const
      })
    },
    async own(personId) {
      const all = await Promise.all(
        [...gateways.keys()].map((organisation) => ownAt(organisation, personId)),
      )
      return all.flat().toSorted((one, other) => other.filedAtMs - one.filedAtMs)
    },
  }
}

/** What a data protection officer reads and decides at their own gateway. */
export function officerRequests(organisation: string, calls: GatewayCalls): OfficerRequests {
  const act = async (path: string, body: object): Promise<RequestRefusedHere | 'done'> =>
    toldOr(await calls.post(path, body), () => 'done' as const)
  return {
    list: async () => listSchema.parse(await calls.get('/v1/requests')).requests.map(lineOf),
    open: async (number) =>
      toldOr(await calls.post('/v1/request-openings', { v: 1, number }), (json) =>
        viewOf(organisation, requestSchema.parse(json)),
      ),
    extend: (number, reason) => act('/v1/request-extensions', { v: 1, number, reason }),
    decide: (number, { outcome, law, answer, restricts }) =>
      act('/v1/request-decisions', { v: 1, number, outcome, law, answer, restricts }),
  }
}
