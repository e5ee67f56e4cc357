import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64 } from '../bytes/index.ts'
import { nobleEd25519 } from '../crypto/index.ts'
import { parseConfig } from './config.ts'
import { NodeError } from './node-error.ts'
import { placeOf } from './open-registers.ts'

function withRegister(register: object) {
  const key = encodeBase64(nobleEd25519.publicKey(new Uint8Array(32).fill(1)))
  return parseConfig({
    version: 1,
    org: { id: 'tax', name: 'Tax' },
    listen: { public: '127.0.0.1:1', admin: '127.0.0.1:2' },
    keys: {
      gateway_file: 'a',
      log_file: 'b',
      record_folder: 'c',
      handle_file: 'd',
      pseudonym_file: 'e',
      dpo_public: key,
    },
    store: { kind: 'sqlite', path: 's', head_path: 'h' },
    log: { origin: 'tax.localhost/log/2026h2', folder: 'log' },
    witness: { policy_file: 'policy.txt' },
    agreements: { folder: 'agreements' },
    peers: [],
    registers: { income: { description_file: 'income.json', ...register } },
  }).registers['income']
}

const postgres = { kind: 'postgres', dsn_file: 'keys/income.dsn' } as const

test('rows for joins are read by another role than look-ups, or not at all', () => {
  const at = (path: string): string => `/etc/tax/${path}`
  const place = { kind: 'postgres', dsnFile: '/etc/tax/keys/income.dsn', schema: 'public' }
  const without = withRegister(postgres)
  assert.ok(without !== undefined)
  assert.deepEqual(placeOf(without, at), place)
  const other = withRegister({ ...postgres, joins_dsn_file: 'keys/joins.dsn' })
  assert.ok(other !== undefined)
  assert.deepEqual(placeOf(other, at), { ...place, joinsDsnFile: '/etc/tax/keys/joins.dsn' })
  assert.throws(
    () => withRegister({ ...postgres, joins_dsn_file: postgres.dsn_file }),
    (cause) =>
      cause instanceof NodeError &&
      cause.code === 'CONFIG_INVALID' &&
      /another role/.test(cause.message),
  )
})
