import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLocalHost, namedSites, siteOfHost, siteUrl } from './site.ts'

const organisations = ['tax', 'housing']

test('a host names a role and an organisation, whatever its port and case', () => {
  assert.deepEqual(siteOfHost('caseworker.housing.localhost:8400', organisations), {
    role: 'caseworker',
    organisation: 'housing',
  })
  assert.deepEqual(siteOfHost('PERSON.Tax.localhost', organisations), {
    role: 'person',
    organisation: 'tax',
  })
  assert.equal(siteOfHost('verify.localhost:8400', organisations).role, 'verify')
})

test('every other host is the demo home', () => {
  for (const host of [
    '',
    'localhost',
    'demo.localhost:8400',
    '127.0.0.1:8400',
    'caseworker.nobody.localhost',
    'nobody.housing.localhost',
    'caseworker.housing.localhost.example',
    'a.caseworker.housing.localhost',
    'caseworker.housing.example',
    'verify.example',
  ]) {
    assert.deepEqual(siteOfHost(host, organisations), { role: 'demo', organisation: undefined })
  }
})

test('the address of a site leads back to it', () => {
  for (const site of [
    { role: 'caseworker', organisation: 'housing' },
    { role: 'verify', organisation: undefined },
    { role: 'demo', organisation: undefined },
  ] as const) {
    assert.deepEqual(siteOfHost(new URL(siteUrl(site, 8400)).host, organisations), site)
  }
})

test('only names of this machine may act', () => {
  for (const host of ['localhost', 'demo.localhost:8400', '127.0.0.1:8400', '[::1]:8400']) {
    assert.ok(isLocalHost(host), host)
  }
  for (const host of ['', 'localhost.example', '127.0.0.2', 'example', 'notlocalhost', '::1']) {
    assert.ok(!isLocalHost(host), host)
  }
})

test('a site with a name of its own is found by it alone, and forms act there alone', () => {
  const officer = { role: 'dpo', organisation: 'housing' } as const
  const verify = { role: 'verify', organisation: undefined } as const
  const sites = namedSites([
    { site: officer, url: 'https://officer.housing.example' },
    { site: verify, url: 'https://verify.example:8443' },
  ])
  assert.deepEqual(sites.siteOf('Officer.Housing.example'), officer)
  assert.deepEqual(sites.siteOf('verify.example:8443'), verify)
  assert.equal(sites.urlOf(verify), 'https://verify.example:8443')
  assert.equal(sites.urlOf({ role: 'person', organisation: 'housing' }), undefined)
  for (const host of ['', 'verify.example', 'officer.housing.example:81', 'localhost', 'example']) {
    assert.equal(sites.siteOf(host), undefined, host)
    assert.ok(!sites.mayAct(host), host)
  }
  assert.ok(sites.mayAct('officer.housing.example'))
})
