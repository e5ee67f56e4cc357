import { encodeBase64Url } from '../bytes/index.ts'
import type { Clock, HttpClient, Randomness } from '../ports/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import type { PagesBackend, PersonIdentifier } from '../web/index.ts'
import { gatewayBackend } from './gateway-backend.ts'
import type { OwnGateway } from './own-gateway.ts'
import { pagesClient } from './pages-client.ts'

/** What an organisation's pages are made over. */
export interface OwnWorld {
  readonly gateway: OwnGateway
  readonly http: HttpClient
  readonly clock: Clock
  readonly randomness: Randomness
}

/** Most persons who are remembered at one time; the one who has been here longest is forgotten first and signs in again. */
const mostVisitors = 10_000

/**
 * Who signed in, in memory alone, under ids that say nothing. The provider vouches for the identifier; whether
 * anything is held about it is for the lists to say, which are empty for a stranger.
 */
class Visitors {
  readonly #subjects = new Map<string, SubjectReference>()
  readonly #randomness: Randomness

  constructor(randomness: Randomness) {
    this.#randomness = randomness
  }

  add({ scheme, value }: PersonIdentifier): string {
    const id = encodeBase64Url(this.#randomness.bytes(16))
    this.#subjects.set(id, { scheme, value })
    const [oldest] = this.#subjects.keys()
    if (this.#subjects.size > mostVisitors && oldest !== undefined) this.#subjects.delete(oldest)
    return id
  }

  find(id: string): SubjectReference | undefined {
    return this.#subjects.get(id)
  }
}

/** What every site of one organisation's pages is made from: its log, and what it holds about whoever signs in. */
export function ownBackend({ gateway, http, clock, randomness }: OwnWorld): PagesBackend {
  const { organisation, verification, publishMs, hosts } = gateway
  const own = gateway.as('disclose') ?? gateway.open
  const client = pagesClient([own], { http, verification, accountable: [organisation], hosts })
  const visitors = new Visitors(randomness)
  const shared = gatewayBackend({
    client,
    http,
    clock,
    verification,
    gateways: [own],
    shown: [organisation],
    keptMs: publishMs,
    subjectOf: (personId) => visitors.find(personId),
  })
  return {
    ...shared,
    person: async (subject, name) => ({ id: visitors.add(subject), name }),
  }
}
