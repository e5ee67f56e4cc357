import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { stringify } from 'yaml'
import { loadPagesConfig } from './pages-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-pages-config-'))
const file = join(folder, 'pages.yaml')

after(() => rmSync(folder, { recursive: true, force: true }))

const good = {
  version: 1,
  gateway_file: 'tax/cloison.yaml',
  listen: '127.0.0.1:8480',
  identity_file: 'identity.yaml',
  sites: { person: 'https://my.tax.example', public: 'http://public.tax.localhost:8480' },
}

async function load(settings: object): ReturnType<typeof loadPagesConfig> {
  writeFileSync(file, stringify(settings))
  return await loadPagesConfig(file)
}

test('paths are those beside the file, the address is parted', async () => {
  const config = await load(good)
  assert.equal(config.gateway_file, join(folder, 'tax', 'cloison.yaml'))
  assert.equal(config.identity_file, join(folder, 'identity.yaml'))
  assert.deepEqual([config.host, config.port, config.names], ['127.0.0.1', 8480, {}])
  assert.equal((await load({ ...good, listen: '[::1]:8480' })).host, '::1')
})

test('public sites need nobody to sign in', async () => {
  const { identity_file: _file, ...rest } = good
  const config = await load({ ...rest, sites: { verify: 'https://verify.tax.example' } })
  assert.equal(config.identity_file, undefined)
})

const { identity_file: _without, ...unsigned } = good
const mistakes: readonly (readonly [string, object, RegExp])[] = [
  ['a key that is none', { ...good, site: {} }, /unknown key "site"; the nearest is "sites"/],
  [
    'a role that has no pages',
    { ...good, sites: { caseworker: 'https://a.example' } },
    /"sites" has an unknown key "caseworker"/,
  ],
  ['no site', { ...good, sites: {} }, /"sites" must name one site at least/],
  [
    'two sites of one host',
    { ...good, sites: { dpo: 'https://a.example', person: 'https://a.example' } },
    /a host of its own/,
  ],
  [
    'a site that others can read on the way',
    { ...good, sites: { dpo: 'http://a.example' } },
    /"sites.dpo" must be an https address/,
  ],
  [
    'a site with a path',
    { ...good, sites: { dpo: 'https://a.example/x' } },
    /"sites.dpo" must be an https address/,
  ],
  [
    'an address that everybody reaches',
    { ...good, listen: '0.0.0.0:8480' },
    /"listen" must be a loopback address/,
  ],
  ['nobody who could sign in', unsigned, /"identity_file" is needed by every site but/],
]

for (const [what, settings, sentence] of mistakes)
  test(`refused with the place: ${what}`, async () => {
    await assert.rejects(load(settings), { code: 'CONFIG_INVALID', message: sentence })
  })

test('a file that is not there, or no YAML, is named', async () => {
  await assert.rejects(loadPagesConfig(join(folder, 'none.yaml')), {
    code: 'CONFIG_UNREADABLE',
    message: /none\.yaml/,
  })
  writeFileSync(file, 'version: 1\nversion: 2\n')
  await assert.rejects(loadPagesConfig(file), { code: 'CONFIG_UNREADABLE' })
})
