import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { addMonths } from '../../src/agreement/index.ts'
import { encodeBase64 } from '../../src/bytes/index.ts'
import { chainLink, type EntryRow, monthOf, readEntry } from '../../src/log/index.ts'
import { erasureNotice } from '../../src/person/index.ts'
import { aesGcm, systemRandomness } from '../../src/platform/index.ts'
import { openRecordKeys } from '../../src/storage/record-keys/index.ts'
import { openStateReader } from '../../src/storage/sqlite/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { ageLog } from './aged-log.ts'
import { cliScript, type GatewayProcess, startGateway } from './gateway-process.ts'
import { makeProvider, type ProviderFixture } from './provider-fixture.ts'

const aead = aesGcm(systemRandomness)
const perMonth = 60
const months = 3

interface Aged {
  readonly provider: ProviderFixture
  /** Log time of the entries of each month. */
  readonly times: readonly number[]
}

/** Ends what may run on a folder, and removes the folder after that: a gateway would write into what is being removed. */
async function clear({ dir }: ProviderFixture, gateway: GatewayProcess): Promise<void> {
  await gateway.kill()
  rmSync(dir, { recursive: true, force: true })
}

/** A log with entries of three months, seven years ago, about three people in turn. */
async function agedProvider(): Promise<Aged> {
  const foundedAtMs = addMonths(Date.now(), -7 * 12)
  const provider = await makeProvider({
    foundedAtMs,
    publishSeconds: 0.2,
    config: (config) => ({ ...config, log: { ...config.log, audit_s: 1 } }),
  })
  const times = Array.from({ length: months }, (_, month) => addMonths(foundedAtMs, month))
  const people = provider.consumer.cases[0]?.subjects.slice(0, 3) ?? []
  const subjects = Array.from({ length: perMonth }, (_, place) => people[place % 3]).filter(
    (person) => person !== undefined,
  )
  await ageLog(
    provider,
    times.map((atMs) => ({ atMs, subjects })),
  )
  return { provider, times }
}

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [cliScript, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
}

function erase({ configPath }: ProviderFixture, ...args: readonly string[]): Promise<Ran> {
  return run(['log', 'erase', '-c', configPath, '--reason', 'retention-ended', ...args])
}

async function post(provider: ProviderFixture, path: string, body: object): Promise<unknown> {
  const response = await request(`http://${provider.adminAddress}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${provider.callerToken}`,
    },
    body: JSON.stringify(body),
  })
  const json: unknown = await response.body.json()
  assert.equal(response.statusCode, 200, JSON.stringify(json))
  return json
}

function reconcile(provider: ProviderFixture, first: number, last: number): Promise<unknown> {
  return post(provider, '/v1/acts', {
    kind: 'reconciliation.signed',
    name: 'housing',
    digest: encodeBase64(new Uint8Array(32).fill(7)),
    body: { log: provider.config.log.origin, first, last },
  })
}

interface Secrets {
  readonly index: number
  readonly row: EntryRow
  readonly r: Uint8Array
}

/** What is to be gone, as it stands before. */
async function secretsOf(provider: ProviderFixture, count: number): Promise<readonly Secrets[]> {
  using reader = openStateReader(join(provider.dir, 'state.db'))
  const recordKeys = openRecordKeys({ path: join(provider.dir, 'keys/record') })
  const found: Secrets[] = []
  for (const row of await reader.readEntries(0, count)) {
    const { index } = row
    const entry = await readEntry(reader, index, { aead, recordKeys })
    found.push({ index, row, r: entry?.r ?? assert.fail(`entry ${index} does not open`) })
  }
  return found
}

/** Which of the sealed payloads any file of the store still holds, also in part. */
function leftIn({ dir }: ProviderFixture, secrets: readonly Secrets[]): readonly number[] {
  const files = readdirSync(dir)
    .filter((name) => name.startsWith('state.db'))
    .map((name) => readFileSync(join(dir, name)))
  return secrets
    .filter(({ row, r }) =>
      files.some(
        (file) =>
          file.includes(Buffer.from(row.sealed)) ||
          file.includes(Buffer.from(row.sealed.subarray(100, 132))) ||
          file.includes(Buffer.from(r)),
      ),
    )
    .map(({ index }) => index)
}

async function ailments(provider: ProviderFixture): Promise<string> {
  const response = await request(`http://${provider.adminAddress}/readyz`)
  const found: { ailments: string[] } = JSON.parse(await response.body.text())
  return found.ailments.join(' ')
}

/** Resolves when the published folder verifies: between two files of one publication it does not yet. */
async function untilVerified(provider: ProviderFixture, gateway: GatewayProcess): Promise<void> {
  const look = async (): Promise<true | undefined> =>
    (await run(['log', 'verify', join(provider.dir, 'log')])).code === 0 || undefined
  await sleep(1_000)
  await waitUntil('a published log that is good', look, [gateway])
}

/** Every row of the subjects' chains holds against the leaf, and its link against what record is left. */
async function checkChains({ dir }: ProviderFixture): Promise<number> {
  using reader = openStateReader(join(dir, 'state.db'))
  const recordKeys = openRecordKeys({ path: join(dir, 'keys/record') })
  const db = new DatabaseSync(join(dir, 'state.db'), { readOnly: true })
  const rows = db.prepare('SELECT * FROM chain ORDER BY subject, chain, seq').all()
  db.close()
  const newest = new Map<unknown, unknown>()
  for (const { idx, subject, chain, seq, commitment, prev, c } of rows) {
    const [entry] = await reader.readEntries(Number(idx), 1)
    assert.equal(encodeBase64(entry?.leaf.subarray(2) ?? assert.fail()), commitment)
    assert.equal(prev ?? undefined, newest.get(subject), 'each link names the one before')
    newest.set(subject, commitment)
    const opened = await readEntry(reader, Number(idx), { aead, recordKeys })
    if (opened === undefined) continue
    assert.ok(c instanceof Uint8Array && (chain === 'open' || chain === 'withheld'))
    const link = chainLink(c, {
      chain,
      seq: Number(seq),
      prev: prev === null ? null : String(prev),
    })
    assert.equal(JSON.parse(opened.record).chain, encodeBase64(link))
  }
  return rows.length
}

async function started(provider: ProviderFixture): Promise<GatewayProcess> {
  const gateway = startGateway(provider.configPath)
  await gateway.listening
  return gateway
}

test('records are erased when their time is over: gone from every file, and every proof holds', async (t) => {
  const { provider, times } = await agedProvider()
  const count = perMonth * months
  const secrets = await secretsOf(provider, count)
  assert.equal(leftIn(provider, secrets).length, count, 'what is looked for can be found')
  const [first = 0, second = 0, third = 0] = times
  const keys = join(provider.dir, 'keys/record')
  copyFileSync(join(keys, `${monthOf(first)}.key`), join(provider.dir, 'key-in-a-backup'))
  let gateway = await started(provider)
  t.after(() => clear(provider, gateway))
  await untilVerified(provider, gateway)

  const unsigned = await erase(provider, '--before', monthOf(third))
  assert.deepEqual([unsigned.code, unsigned.stdout], [4, ''])
  assert.match(unsigned.stderr, /RECONCILIATION_UNSIGNED: Entry 0 of /)
  await reconcile(provider, 0, count - 1)
  const dry = await erase(provider, '--before', monthOf(third), '--dry-run')
  assert.deepEqual([dry.code, dry.stdout], [0, '120 records may be erased; nothing was.\n'])
  assert.equal(leftIn(provider, secrets).length, count)

  const done = await erase(provider, '--before', monthOf(third), '--json')
  assert.equal(done.code, 0, done.stderr)
  const report: { erased: number; entries: number[]; monthsDestroyed: string[] } = JSON.parse(
    done.stdout,
  )
  assert.deepEqual(
    [report.erased, report.monthsDestroyed],
    [120, [monthOf(first), monthOf(second)]],
  )
  assert.deepEqual(
    leftIn(provider, secrets),
    secrets.slice(120).map(({ index }) => index),
  )
  assert.ok(!existsSync(join(keys, `${monthOf(first)}.key`)))
  assert.ok(existsSync(join(keys, `${monthOf(third)}.key`)))

  await untilVerified(provider, gateway)
  await sleep(2_500)
  assert.equal(await ailments(provider), '', 'the self-audit accepts what an entry announced')
  assert.equal(await checkChains(provider), count)
  const value = provider.consumer.cases[0]?.subjects[0]?.value ?? ''
  const shown = (await post(provider, '/v1/disclosures', {
    subject: { scheme: 'demo-nin', value },
  })) as { disclosures: unknown[]; erased: { reason: string; proof: string | null }[] }
  assert.deepEqual([shown.disclosures.length, shown.erased.length], [20, 40])
  assert.ok(
    shown.erased.every(({ reason, proof }) => reason === 'retention-ended' && proof !== null),
  )

  await gateway.stop()
  copyFileSync(join(provider.dir, 'key-in-a-backup'), join(keys, `${monthOf(first)}.key`))
  gateway = await started(provider)
  assert.ok(!existsSync(join(keys, `${monthOf(first)}.key`)), 'a key that was put back goes again')
  await untilVerified(provider, gateway)
  assert.deepEqual(
    leftIn(provider, secrets),
    secrets.slice(120).map(({ index }) => index),
  )
  const governance = await erase(provider, '--entry', String(report.entries[0]))
  assert.deepEqual([governance.code, governance.stdout], [4, ''])
  assert.match(governance.stderr, /GOVERNANCE_PERMANENT/)
})

test('a gateway that is killed while it erases has the entry and no record, or the record and no entry', async (t) => {
  const { provider } = await agedProvider()
  const count = perMonth * months
  const secrets = await secretsOf(provider, count)
  let gateway = await started(provider)
  t.after(() => clear(provider, gateway))
  await reconcile(provider, 0, count - 1)
  const outcomes = { erased: 0, kept: 0 }
  for (let round = 0; round < 6; round += 1) {
    const names = Array.from({ length: 30 }, (_, place) => round * 30 + place)
    const body = {
      v: 1,
      select: { log: null, entries: names },
      reason: 'retention-ended',
      dryRun: false,
    }
    const sent = post(provider, '/v1/erasures', body).catch(() => undefined)
    // The last one is killed once it has said that it is done, the others on the way.
    await (round < 5 ? sleep(2 + round * 15) : sent)
    await gateway.kill()
    await sent
    gateway = await started(provider)
    using reader = openStateReader(join(provider.dir, 'state.db'))
    const rows = await reader.readEntries(round * 30, 30)
    const gone = rows.filter(({ sealed }) => sealed.length === 0)
    assert.ok(gone.length === 0 || gone.length === 30, 'all or none')
    for (const { index, sealed } of rows) {
      const notice = await erasureNotice(reader, { origin: provider.config.log.origin, index })
      assert.equal(notice !== undefined, sealed.length === 0)
    }
    const left = leftIn(provider, secrets.slice(round * 30, round * 30 + 30))
    assert.equal(left.length, 30 - gone.length, 'no old page outlives the start')
    outcomes[gone.length === 30 ? 'erased' : 'kept'] += 1
  }
  t.diagnostic(`killed in ${outcomes.erased} acts after their commit, in ${outcomes.kept} before`)
  assert.ok(outcomes.erased > 0)
  await untilVerified(provider, gateway)
})

test('a record that is deleted silently is found within a pass and shuts the gateway', async (t) => {
  const { provider } = await agedProvider()
  const gateway = await started(provider)
  t.after(() => clear(provider, gateway))
  await sleep(2_500)
  assert.equal(await ailments(provider), '')
  // The gateway writes its own entries meanwhile: whoever changes the store waits for its lock.
  const db = new DatabaseSync(join(provider.dir, 'state.db'), { timeout: 10_000 })
  db.exec('UPDATE entry SET sealed = NULL WHERE idx = 77')
  db.exec('INSERT INTO erasure (first, last, by_idx) VALUES (77, 77, 180)')
  db.close()
  const look = async (): Promise<string | undefined> => (await ailments(provider)) || undefined
  const found = await waitUntil('a finding of the self-audit', look, [gateway])
  assert.match(found, /The record of entry 77 is missing/)
})
