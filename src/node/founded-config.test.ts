import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { bestEd25519, systemClock, systemRandomness } from '../platform/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import { foundedConfig } from './founded-config.ts'
import { initOrganisation } from './init-organisation.ts'

const listen = { public: '127.0.0.1:8411', admin: '127.0.0.1:8511' }

test('the settings of a founded organisation name the keys and stores that founding has made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-founded-'))
  try {
    const identity = { id: parseOrganisationId('tax'), folder, origin: 'tax.localhost/log/2026h2' }
    const deps = { clock: systemClock, randomness: systemRandomness, ed25519: bestEd25519() }
    const founded = await initOrganisation(identity, deps)
    const wish = { name: 'Tax Agency', listen, publishSeconds: 1, signsTrees: true }
    const { keys, store, log, org, agreements } = foundedConfig(founded, wish)
    const { dpo_public, ...files } = keys
    assert.equal(dpo_public, founded.dpoPublicKey)
    const { gateway_file, log_file, log_ml_dsa_file = '', record_folder } = files
    const keyFiles = [gateway_file, log_file, log_ml_dsa_file, record_folder]
    const more = [files.handle_file, files.pseudonym_file, store.path, store.head_path]
    const named = [...keyFiles, ...more]
    for (const name of named) assert.ok(name !== '' && existsSync(join(folder, name)), name)
    assert.equal(Object.keys(files).length, 6)
    assert.deepEqual([org.id, log.origin], [founded.id, founded.origin])
    assert.deepEqual(agreements, { folder: 'agreements' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('what is not wished for is left to the defaults of a gateway', () => {
  const founded = {
    id: parseOrganisationId('tax'),
    origin: 'tax.localhost/log/a',
    dpoPublicKey: '',
  }
  const bare = foundedConfig(founded, { name: 'Tax', listen, publishSeconds: 10 })
  assert.ok(!('log_ml_dsa_file' in bare.keys))
  assert.deepEqual([bare.log.folder, bare.witness.policy_file], ['log', 'policy.txt'])
  const wish = { logFolder: 'log/a', policyFile: '../policy.txt', timeLockMs: 5 }
  const full = foundedConfig(founded, { name: 'Tax', listen, publishSeconds: 10, ...wish })
  assert.deepEqual([full.log.folder, full.witness.policy_file], ['log/a', '../policy.txt'])
  assert.equal(full.agreements.time_lock_ms, 5)
})
