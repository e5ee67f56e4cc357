import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64 } from '../bytes/index.ts'
import { samplePersonAgreement } from '../testing/index.ts'
import { holderSecrets, testBox } from '../testing/index.ts'
import { type NodeConfig, parseConfig } from './config.ts'
import { identitySealing, sealingIntents, sealingWarning } from './sealing-holders.ts'

const box = testBox()
const dpo = encodeBase64(box.publicKey(holderSecrets.dpo))
const inspector = encodeBase64(box.publicKey(holderSecrets.inspector))
const signing = encodeBase64(new Uint8Array(32).fill(9))
const good = { dpo_public: dpo, inspector: 'inspector', inspector_public: inspector }

function configWith(sealing: object | undefined): NodeConfig {
  const key = encodeBase64(new Uint8Array(32).fill(5))
  const peer = { url: 'http://127.0.0.1:1', gateway_key: key, log_vkeys: ['x'], dpo_key: key }
  return parseConfig({
    version: 1,
    org: { id: 'housing', name: 'Housing' },
    listen: { public: '127.0.0.1:1', admin: '127.0.0.1:2' },
    keys: {
      gateway_file: 'a',
      log_file: 'b',
      record_folder: 'c',
      handle_file: 'd',
      pseudonym_file: 'e',
      dpo_public: signing,
      ...(sealing === undefined ? {} : { sealing }),
    },
    store: { kind: 'sqlite', path: 's', head_path: 'h' },
    log: { origin: 'housing.localhost/log/2026h2' },
    witness: { policy_file: 'p' },
    agreements: { folder: 'g' },
    peers: [{ id: 'inspector', ...peer }],
  })
}

test('both holders are taken from the configuration, and are public in an entry first', () => {
  const config = configWith(good)
  const { holders } = identitySealing(config) ?? assert.fail()
  assert.deepEqual(
    [holders.dpo.organisation, holders.inspector.organisation],
    ['housing', 'inspector'],
  )
  const [entry, ...more] = sealingIntents(config)
  assert.deepEqual(
    [entry?.kind, entry?.name, entry?.body, more.length],
    ['admin.sealing', 'inspector', { dpo, inspector }, 0],
  )
  assert.equal(identitySealing(configWith(undefined)), undefined)
  assert.deepEqual(sealingIntents(configWith(undefined)), [])
})

test('one party, a signing key and what is no key are refused, each with what to do', () => {
  const refused: readonly (readonly [object, RegExp])[] = [
    [{ inspector_public: dpo }, /one key twice/],
    [{ dpo_public: signing }, /signing key/],
    [{ inspector: 'housing' }, /must be another organisation that is a peer/],
    [{ inspector: 'nobody' }, /must be another organisation that is a peer/],
    [{ inspector_public: 'short' }, /32 bytes in base64/],
    [{ inspector_public: encodeBase64(new Uint8Array(32)) }, /seal-key/],
  ]
  for (const [change, message] of refused)
    assert.throws(() => identitySealing(configWith({ ...good, ...change })), message)
  assert.throws(() => configWith({ dpo_public: dpo }), /keys.sealing/)
})

test('an organisation that asks and seals nothing is told so, and one that only answers is not', () => {
  const ours = [{ agreement: samplePersonAgreement() }]
  assert.match(sealingWarning(configWith(undefined), ours) ?? '', /set keys.sealing/)
  assert.equal(sealingWarning(configWith(good), ours), undefined)
  assert.equal(sealingWarning(configWith(undefined), []), undefined)
  const config = configWith(undefined)
  const answering = { ...config, org: { ...config.org, id: 'tax' } }
  assert.equal(sealingWarning(answering, ours), undefined)
})
