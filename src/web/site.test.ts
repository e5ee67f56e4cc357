import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLocalHost, siteOfHost, siteUrl } from './site.ts'

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
