import assert from 'node:assert/strict'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { parse, stringify } from 'yaml'
import {
  bestEd25519,
  systemClock,
  systemRandomness,
  undiciHttpClient,
} from '../../platform/index.ts'
import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../log/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'
import { contractCaseDescription, samplePersonAgreement, sampleSeeds } from '../../testing/index.ts'
import { loadConfig } from '../config-file.ts'
import { writeFirstSettings } from '../first-settings.ts'
import { initOrganisation } from '../init-organisation.ts'
import { startNode } from '../start-node.ts'
import type { DoctorCheck } from './doctor-check.ts'
import { examine } from './examine.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-examine-'))
const file = join(folder, 'cloison.yaml')
const http = undiciHttpClient()
const ed25519 = bestEd25519()
const deps = { http, ed25519, nowMs: () => systemClock.now() }

const at = (name: string): string => join(folder, name)
const checks = async (): Promise<readonly DoctorCheck[]> => examine(await loadConfig(file), deps)
const wrongs = async (): Promise<readonly DoctorCheck[]> => (await checks()).filter(({ ok }) => !ok)

/** Runs with files as a thief or a careless hand would leave them, and puts them right again. */
async function withFile(
  name: string,
  change: () => void,
  look: () => Promise<void>,
): Promise<void> {
  copyFileSync(at(name), at('aside'))
  try {
    change()
    await look()
  } finally {
    copyFileSync(at('aside'), at(name))
  }
}

before(async () => {
  const identity = { id: parseOrganisationId('tax'), folder, origin: 'tax.localhost/log/2026h2' }
  const founding = { clock: systemClock, randomness: systemRandomness, ed25519 }
  const founded = await initOrganisation(identity, founding)
  const listen = { public: '127.0.0.1:0', admin: '127.0.0.1:0' }
  await writeFirstSettings(
    founded,
    { name: 'Tax', listen, url: 'http://127.0.0.1:8411', postalAddress: ['Tax'] },
    founding,
  )
  copyFileSync(at('state.db'), at('older.db'))
  copyFileSync(at('head.db'), at('older-head.db'))
  await using _running = await startNode(await loadConfig(file), () => undefined)
})
after(async () => {
  await http[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

test('finds nothing wrong with a gateway that has run, and tells where its log stands', async () => {
  const found = await checks()
  assert.deepEqual(
    found.filter(({ ok }) => !ok),
    [],
  )
  const log = found.find(({ what }) => what === 'log')
  assert.match(log?.found ?? '', /^tax\.localhost\/log\/2026h2 is published to entry [1-9]\d* of /)
})

test('an older state store is evidence, beside a head store and a published log that know more', async () => {
  await withFile(
    'state.db',
    () => copyFileSync(at('older.db'), at('state.db')),
    async () => {
      const found = await wrongs()
      assert.match(found.find(({ what }) => what === 'log')?.found ?? '', /^LOG_REGRESSED: /)
      const head = found.find(({ what }) => what === 'store.head_path')
      assert.match(head?.found ?? '', /an older state was put back/)
      assert.match(head?.fix ?? '', /keep every file/)
    },
  )
})

test('an older head store alone is what a crash leaves, and nothing wrong', async () => {
  await withFile(
    'head.db',
    () => copyFileSync(at('older-head.db'), at('head.db')),
    async () => assert.deepEqual(await wrongs(), []),
  )
})

test('a published checkpoint that the log has not signed is found', async () => {
  const checkpoint = 'log/2026h2/checkpoint'
  await withFile(
    checkpoint,
    () => writeFileSync(at(checkpoint), readFileSync(at(checkpoint), 'utf8').replace('\n', 'x\n')),
    async () => {
      const [found] = await wrongs()
      assert.equal(found?.what, 'log')
      assert.match(found.found, /not one that this log has signed/)
    },
  )
})

test('a secret that others can read is found with the command that mends it, and is not shown', async () => {
  chmodSync(at('keys/log.key'), 0o644)
  const [found] = await wrongs()
  chmodSync(at('keys/log.key'), 0o600)
  assert.equal(found?.what, 'keys.log_file')
  assert.match(found.fix ?? '', /^chmod go= /)
  const secret = readFileSync(at('keys/log.key'), 'utf8').trim()
  assert.ok(!JSON.stringify(found).includes(secret))
})

test('a witness and a case system that cannot be reached are found', async () => {
  const settings: unknown = parse(readFileSync(file, 'utf8'))
  const cases = { kind: 'http', url: 'http://127.0.0.1:9', token_file: 'keys/ask.token' }
  await withFile(
    'cloison.yaml',
    () => writeFileSync(file, stringify({ ...Object(settings), cases })),
    async () => {
      const found = await wrongs()
      assert.deepEqual(
        found.map(({ what }) => what),
        ['cases'],
      )
    },
  )
  const key = ed25519.publicKey(new Uint8Array(32).fill(5))
  const vkey = formatVerifierKey('witness.example', SIGNATURE_TYPES.cosignature, key)
  const policy = readFileSync(at('policy.txt'), 'utf8')
  await withFile(
    'policy.txt',
    () =>
      writeFileSync(
        at('policy.txt'),
        policy.replace('quorum none', `witness w ${vkey} http://127.0.0.1:9\nquorum w`),
      ),
    async () => {
      const found = await wrongs()
      assert.deepEqual(
        found.map(({ what }) => what),
        ['witness witness.example'],
      )
    },
  )
})

test('an own agreement that names another key than the case source signs with is found', async () => {
  writeFileSync(at('case.key'), `${encodeBase64(sampleSeeds.cases)}\n`, { mode: 0o600 })
  writeFileSync(at('cases.json'), JSON.stringify(contractCaseDescription))
  using db = new DatabaseSync(at('cases.db'))
  db.exec('CREATE TABLE cases (reference, official, nin, is_open, purpose, is_kin, is_bystander)')
  const agreement = samplePersonAgreement()
  writeFileSync(at('agreements/one.json'), canonicalBytes(agreement))
  const settings: unknown = parse(readFileSync(file, 'utf8'))
  const files = { key_file: 'case.key', description_file: 'cases.json', path: 'cases.db' }
  const cases = { kind: 'sql', engine: 'sqlite', issuer: 'housing/cases', ...files }
  const housing = { ...Object(settings), org: { id: 'housing', name: 'Housing' }, cases }
  await withFile(
    'cloison.yaml',
    () => writeFileSync(file, stringify(housing)),
    async () => {
      assert.deepEqual(await wrongs(), [])
      writeFileSync(at('case.key'), `${encodeBase64(new Uint8Array(32).fill(9))}\n`)
      const [found] = await wrongs()
      assert.match(
        found?.found ?? '',
        /^one\.json names the case source housing\/cases with another key/,
      )
    },
  )
  rmSync(at('agreements/one.json'))
})

test('a peer that is none is the caller’s mistake', async () => {
  await assert.rejects(examine(await loadConfig(file), deps, 'nobody'), { code: 'CONFIG_INVALID' })
})
