import type { HttpClient } from '../ports/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import type { PagesBackend, VerificationKeys } from '../web/index.ts'
import { gatewayCalls } from './desks/gateway-calls.ts'
import type { GatewayAddress } from './gateway-address.ts'
import { pageChains, pageDisclosureList, pageDisclosures } from './person/person-disclosures.ts'
import { personRequests } from './person/person-requests.ts'
import {
  accountableOrganisations,
  pageHeads,
  type PublicWorld,
  withheldNotices,
} from './public-facts.ts'

/** What is behind pages: gateways, and who the visitors are. */
export interface GatewayWorld extends PublicWorld {
  readonly http: HttpClient
  /** Of the organisations that ask or answer about persons, in the order in which a person sees them. */
  readonly gateways: readonly GatewayAddress[]
  readonly verification: VerificationKeys
  /** Who a visitor is, by the id that the pages know them by. */
  readonly subjectOf: (personId: string) => SubjectReference | undefined
}

/** What every site of the pages shows of these gateways; who a visitor is, is for whoever serves them to say. */
export function gatewayBackend(world: GatewayWorld): Omit<PagesBackend, 'person'> {
  const { client, http, gateways, verification, subjectOf } = world
  return {
    async disclosureList(personId) {
      const subject = subjectOf(personId)
      return subject === undefined
        ? { entries: [], breaches: [] }
        : pageDisclosureList(subject, client)
    },
    async disclosures(personId, picked) {
      const subject = subjectOf(personId)
      return subject === undefined ? [] : pageDisclosures(subject, client, picked)
    },
    async chains(personId) {
      const subject = subjectOf(personId)
      return subject === undefined ? [] : pageChains(subject, client)
    },
    withheldNotices: () => withheldNotices(client),
    accountable: () => accountableOrganisations(gateways, http),
    heads: pageHeads(world),
    requests: personRequests({
      gateways: new Map(gateways.map((one) => [one.organisation, gatewayCalls(one, http)])),
      subjectOf,
    }),
    consistency: (organisation, from, to) => client.consistency(organisation, from, to),
    verificationKeys: async () => verification,
    logBaseUrl: (organisation) => client.logUrl(organisation),
  }
}
