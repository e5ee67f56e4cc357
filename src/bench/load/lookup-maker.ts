import { utf8 } from '../../bytes/index.ts'
import { benchSubject } from '../fixture/bench-people.ts'
import { postBytes } from './http-request.ts'
import type { RequestMaker } from './prepared-request.ts'

/** Where the rival listens and with which of its officials' tokens it is asked. */
export interface LookupTarget {
  readonly authority: string
  /** JWTs signed with RS256, one an official. */
  readonly tokens: readonly string[]
  readonly people: number
}

/** Distance between the subjects of consecutive look-ups, prime, so that all of them come up. */
const subjectStep = 7919

/** Makes look-ups for the rival: the same subjects in the same order as the questions have. */
export function lookupMaker({ authority, tokens, people }: LookupTarget): RequestMaker {
  let made = 0
  return {
    async make(count) {
      return Array.from({ length: count }, () => {
        const place = (made * subjectStep) % people
        const token = tokens[made % tokens.length] ?? ''
        const body = {
          subject: benchSubject(place),
          case: `RENT-${Math.floor(made / 4)}`,
          purpose: 'https://cloison.eu/purpose/service',
          legalBasis: 'eu-gdpr:A6-1-e',
          elements: ['income_below_limit'],
        }
        made += 1
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
        const target = { authority, path: '/lookups' }
        return {
          bytes: postBytes(target, headers, utf8(JSON.stringify(body))),
          check: undefined,
        }
      })
    },
  }
}
