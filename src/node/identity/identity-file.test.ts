import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { NodeError } from '../node-error.ts'
import { readIdentityFile } from './identity-file.ts'
import type { OidcSettings } from './oidc-identity.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloison-identity-'))
  await writeFile(join(folder, 'a.secret'), 'shh\n')
  await writeFile(join(folder, 'empty.secret'), '\n')
})
after(() => rm(folder, { recursive: true }))

const good = `version: 1
issuer: https://login.example
claims: { role: groups, organisation: org, account: upn, subject: person_id }
roles: { caseworker: g1, dpo: g2, person: g3, inspector: g4, admin: g5 }
clients:
  - { role: caseworker, organisation: housing, client_id: cw, client_secret_file: a.secret }
  - { role: person, organisation: tax, client_id: pe, client_secret_file: a.secret }
`

async function read(text: string): Promise<OidcSettings> {
  const path = join(folder, 'identity.yaml')
  await writeFile(path, text)
  return await readIdentityFile(path, ({ role, organisation }) => `http://${role}.${organisation}`)
}

test('the file of a provider becomes settings, with secrets out of their files', async () => {
  const { clients, scope, claims, issuer } = await read(good)
  assert.deepEqual(clients[0], {
    role: 'caseworker',
    organisation: 'housing',
    clientId: 'cw',
    clientSecret: 'shh',
    redirectUri: 'http://caseworker.housing/callback',
    signedOutUri: 'http://caseworker.housing/',
  })
  assert.deepEqual([clients.length, scope, claims.name], [2, 'openid profile', 'name'])
  assert.equal(issuer, 'https://login.example')
})

const mistakes: readonly (readonly [what: string, from: string, to: string, says: RegExp])[] = [
  ['a key that is not there', 'issuer:', 'isuer:', /nearest is issuer/],
  ['plain HTTP to another machine', 'https://login', 'http://login', /must be an https address/],
  ['a scope without openid', 'issuer:', 'scope: profile\nissuer:', /the word openid/],
  ['a role that is not there', 'role: person', 'role: boss', /clients/],
  ['a client for two roles', 'client_id: pe', 'client_id: cw', /a client of its own/],
  [
    'a site twice',
    'role: person, organisation: tax',
    'role: caseworker, organisation: housing',
    /twice/,
  ],
  ['a secret that is missing', 'a.secret', 'b.secret', /b\.secret.*cannot be read/],
  ['a secret that is empty', 'a.secret', 'empty.secret', /is empty/],
  [
    'a secret in the file itself',
    'client_secret_file',
    'client_secret',
    /nearest is client_secret_file/,
  ],
  ['no YAML', 'version: 1', 'version: [', /not valid YAML/],
]

for (const [what, from, to, says] of mistakes) {
  test(`${what} is an error that says so`, async () => {
    assert.ok(good.includes(from))
    await assert.rejects(read(good.replace(from, to)), (error: unknown) => {
      assert.ok(error instanceof NodeError)
      assert.match(error.message, says)
      return true
    })
  })
}
