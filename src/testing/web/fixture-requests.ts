import type {
  OfficerRequests,
  OpenedView,
  PersonRequests,
  RequestRefusedHere,
} from '../../web/index.ts'

const dayMs = 86_400_000

/** Requests of the fixture's first person at `tax`, kept in memory: filed, opened, extended and decided. */
export interface FixtureRequests {
  readonly person: PersonRequests
  readonly officer: OfficerRequests
  /** The next step is refused with this code; `undefined` ends that. */
  refuseWith(code: string | undefined): void
}

function decidedCorrection(nowMs: number): OpenedView {
  return {
    organisation: 'tax',
    number: 1,
    kind: 'correction',
    filedAtMs: nowMs - 20 * dayMs,
    dueMs: nowMs + 10 * dayMs,
    state: 'granted',
    decidedAtMs: nowMs - 2 * dayMs,
    entryIndex: 4,
    subject: { scheme: 'demo-nin', value: '6629733206' },
    about: { origin: 'tax.localhost/log/2026h2', entryIndex: 1 },
    elements: ['income_below_limit'],
    text: 'My income of last year is too high by one month.\nThe letter of my employer says so.',
    openedAtMs: [nowMs - 3 * dayMs],
    extension: null,
    decision: {
      outcome: 'granted',
      law: null,
      answer: 'You are right, and the register is corrected.',
      elements: ['income_below_limit'],
      restricts: false,
    },
    notices: [
      {
        consumer: 'housing',
        elements: ['income_below_limit'],
        state: 'received',
        settledAtMs: nowMs - 2 * dayMs,
        entryIndex: 9,
      },
      {
        consumer: 'social',
        elements: ['income_below_limit'],
        state: 'waiting',
        settledAtMs: null,
        entryIndex: null,
      },
    ],
  }
}

function lateObjection(nowMs: number): OpenedView {
  return {
    ...decidedCorrection(nowMs),
    number: 2,
    kind: 'objection',
    filedAtMs: nowMs - 40 * dayMs,
    dueMs: nowMs - 9 * dayMs,
    state: 'received',
    decidedAtMs: null,
    entryIndex: 5,
    elements: [],
    text: 'I do not want my income to be told to the housing agency.',
    openedAtMs: [],
    decision: null,
    notices: [],
  }
}

function refusedAccess(nowMs: number): OpenedView {
  return {
    ...decidedCorrection(nowMs),
    number: 3,
    kind: 'access',
    state: 'refused',
    entryIndex: 6,
    elements: [],
    text: null,
    extension: { atMs: nowMs - 9 * dayMs, reason: 'The files lie in another archive.' },
    decision: {
      outcome: 'refused',
      law: 'eu-gdpr:A15-4',
      answer: 'The file has the data of other people in it.',
      elements: [],
      restricts: false,
    },
    notices: [],
  }
}

/** What is held, and what the next step is refused with. */
interface Counter {
  readonly nowMs: number
  readonly held: OpenedView[]
  refusal: string | undefined
}

function replace({ held }: Counter, changed: OpenedView): void {
  held.splice(changed.number - 1, 1, changed)
}

function find({ held, refusal }: Counter, number: number): OpenedView | RequestRefusedHere {
  if (refusal !== undefined) return { code: refusal }
  return held[number - 1] ?? { code: 'REQUEST_UNKNOWN' }
}

function personSide(counter: Counter): PersonRequests {
  const { held, nowMs } = counter
  return {
    async file(_personId, organisation, { kind, about, elements, text }) {
      if (counter.refusal !== undefined) return { code: counter.refusal }
      const filed: OpenedView = {
        ...lateObjection(nowMs),
        organisation,
        number: held.length + 1,
        kind,
        about,
        elements,
        text,
        filedAtMs: nowMs,
        dueMs: nowMs + 30 * dayMs,
        entryIndex: 7,
      }
      held.push(filed)
      return filed
    },
    own: (personId) => Promise.resolve(personId === '6629733206' ? held.toReversed() : []),
  }
}

function officerSide(counter: Counter): OfficerRequests {
  const { held, nowMs } = counter
  const isDecided = ({ decidedAtMs }: OpenedView): number => (decidedAtMs === null ? 0 : 1)
  return {
    list: () => Promise.resolve(held.toSorted((one, other) => isDecided(one) - isDecided(other))),
    async open(number) {
      const request = find(counter, number)
      if (!('code' in request))
        replace(counter, { ...request, openedAtMs: [...request.openedAtMs, nowMs] })
      return request
    },
    async extend(number, reason) {
      const request = find(counter, number)
      if ('code' in request) return request
      const dueMs = request.filedAtMs + 91 * dayMs
      const extension = { atMs: nowMs, reason }
      replace(counter, { ...request, state: 'extended', dueMs, extension })
      return 'done'
    },
    async decide(number, decision) {
      const request = find(counter, number)
      if ('code' in request) return request
      const said = { ...decision, elements: request.elements }
      const state = decision.outcome
      replace(counter, { ...request, state, decidedAtMs: nowMs, decision: said })
      return 'done'
    },
  }
}

/** Makes the fixture's requests, one of each state. */
export function createFixtureRequests(nowMs: number): FixtureRequests {
  const held = [decidedCorrection(nowMs), lateObjection(nowMs), refusedAccess(nowMs)]
  const counter: Counter = { nowMs, held, refusal: undefined }
  return {
    refuseWith: (code) => {
      counter.refusal = code
    },
    person: personSide(counter),
    officer: officerSide(counter),
  }
}

/** The same as parts of a backend. */
export function fixtureCounter(nowMs: number): {
  readonly held: FixtureRequests
  readonly requests: PersonRequests
} {
  const held = createFixtureRequests(nowMs)
  return { held, requests: held.person }
}
