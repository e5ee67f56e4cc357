import { createConsentPages } from '../../../web/index.ts'
import type { Asset, ConsentDesk, Pages } from '../../../web/index.ts'
import { seededRandom } from '../../simulator/index.ts'
import { fixtureNowMs } from '../fixture-backend.ts'
import { createFixtureIdentity } from '../fixture-identity.ts'
import { fixtureOrganisations } from '../fixture-organisations.ts'

/** What the pages of an issuer of consent are made from. */
export interface FixtureConsentPagesOptions {
  readonly desk: ConsentDesk
  readonly port: number
  readonly assets: ReadonlyMap<string, Asset>
  readonly onFailure: (reference: string, cause: unknown) => void
}

/** Pages of an issuer of consent, `inspector`, at `person.inspector.localhost`, with a fixed clock. */
export function createFixtureConsentPages(options: FixtureConsentPagesOptions): Pages {
  const { port, ...parts } = options
  const clock = { now: () => fixtureNowMs }
  const login = createFixtureIdentity(port, clock.now)
  const pages = createConsentPages({
    ...parts,
    clock,
    identity: login.identity,
    randomness: seededRandom('consent pages'),
    organisation: 'inspector',
    organisations: fixtureOrganisations,
    host: `person.inspector.localhost:${port}`,
    timeZone: 'Europe/Paris',
  })
  return (request) => {
    const host = request.headers['host'] ?? ''
    const ours = host.startsWith('login.localhost') && !request.path.startsWith('/assets/')
    return ours ? login.pages(request) : pages(request)
  }
}
