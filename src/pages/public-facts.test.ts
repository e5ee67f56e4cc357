import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '../bytes/index.ts'
import type { HttpClient } from '../ports/index.ts'
import type { GatewayAddress } from './gateway-address.ts'
import { accountableOrganisations } from './public-facts.ts'

/** Gateways that hold no agreement, and answer for their directory record as given. */
function gatewaysWith(status: number, record: object): HttpClient {
  return {
    async send({ url }) {
      const isRecord = url.endsWith('/v1/directory')
      const body = utf8(JSON.stringify(isRecord ? record : { agreements: [] }))
      return { status: isRecord ? status : 200, headers: {}, body }
    },
  }
}

const gateways: readonly GatewayAddress[] = ['tax', 'social'].map((organisation) => ({
  organisation,
  url: `http://${organisation}.localhost:9011`,
  adminUrl: `http://${organisation}.localhost:9111`,
  token: 'token',
}))

test('an organisation without a directory record is accountable all the same, without an address', async () => {
  const found = await accountableOrganisations(gateways, gatewaysWith(404, { code: 'NOT_FOUND' }))
  assert.deepEqual(
    found.map(({ organisation, postalAddress }) => [organisation, postalAddress]),
    gateways.map(({ organisation }) => [organisation, []]),
  )
  const record = { postalAddress: ['1 Mint Street'] }
  const [tax] = await accountableOrganisations(gateways, gatewaysWith(200, record))
  assert.deepEqual(tax?.postalAddress, ['1 Mint Street'])
})

test('a gateway that fails is not taken for one without a record', async () => {
  const failing = gatewaysWith(500, { code: 'INTERNAL' })
  await assert.rejects(accountableOrganisations(gateways, failing), { code: 'REQUEST_FAILED' })
})
