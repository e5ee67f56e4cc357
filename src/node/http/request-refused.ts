import type { RequestRefusal } from '../../person/index.ts'
import { type ProblemResponse, problemDocument } from './problem-response.ts'

const requestProblems: Readonly<
  Record<RequestRefusal | 'ENTRY_NOT_YOURS', { readonly status: number; readonly title: string }>
> = {
  ELEMENTS_MISSING: {
    status: 400,
    title: 'A correction names what is to be corrected. Name at least one element.',
  },
  ENTRY_NOT_YOURS: {
    status: 404,
    title:
      'No entry of this number is about the person who asks, or none that is open to them. Take it from their own list.',
  },
  REQUEST_UNKNOWN: {
    status: 404,
    title: 'No request has this number here. Take it from the list.',
  },
  EXTENSION_TOO_LATE: {
    status: 409,
    title: 'A request is extended in its first month, which is over. Decide it.',
  },
  LAW_UNFIT: {
    status: 409,
    title:
      'A refusal cites a law that fits the kind of request, and a grant cites none. Choose one of those that are listed.',
  },
  REQUEST_CONFLICT: {
    status: 409,
    title: 'This id stands for another request. File it under a new one.',
  },
  REQUEST_DECIDED: {
    status: 409,
    title: 'The request is decided already, and a decision stands.',
  },
  REQUEST_EXTENDED: {
    status: 409,
    title: 'The request was extended already, and is extended once.',
  },
  RESTRICTION_UNFIT: {
    status: 409,
    title:
      'Only a granted objection places a restriction by itself. Use `cloison subject restrict` for others.',
  },
  REQUEST_CAP: {
    status: 429,
    title:
      'This person has made ten requests here within 30 days. Wait, or write to the data protection officer.',
  },
}

/** A request of a person, or a step of one, that is refused. */
export function requestRefused(code: keyof typeof requestProblems): ProblemResponse {
  return problemDocument({ code, ...requestProblems[code] })
}
