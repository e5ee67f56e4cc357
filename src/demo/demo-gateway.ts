import type { GatewayAddress } from '../pages/index.ts'
import { localAddress } from './demo-config.ts'
import { type DemoOrganisationId, demoOrganisations, portOffsets } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** The agencies that ask or answer about persons: the inspector does neither. */
export const accountableAgencies: readonly DemoOrganisationId[] = ['tax', 'social', 'housing']

/** Where a gateway of the demo answers. @throws TypeError for an organisation that the demo has not */
export function demoGateway(
  { basePort, pagesToken }: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  organisation: DemoOrganisationId,
): GatewayAddress {
  const found = demoOrganisations.find(({ id }) => id === organisation)
  if (found === undefined) throw new TypeError(`the demo has no organisation ${organisation}`)
  const port = basePort + found.portOffset
  return {
    organisation,
    url: `http://${localAddress(port)}`,
    adminUrl: `http://${localAddress(port + portOffsets.admin)}`,
    token: pagesToken,
  }
}
