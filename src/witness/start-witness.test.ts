import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { encodeBase64 } from '../bytes/index.ts'
import { formatCheckpoint, formatVerifierKey, signNote } from '../log/index.ts'
import { parseNote } from '../log/verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { loadWitnessConfig } from './config.ts'
import { startWitness } from './start-witness.ts'
import { monitorPath } from './witness-app.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-witness-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const ed25519 = bestEd25519()
const origin = 'tax.localhost/log/2026h2'
const logSeed = new Uint8Array(32).fill(3)
const vkey = formatVerifierKey(origin, 1, ed25519.publicKey(logSeed))
writeFileSync(join(folder, 'witness.key'), `${encodeBase64(new Uint8Array(32).fill(4))}\n`)

function configFile(name: string, more = ''): string {
  const path = join(folder, `${name}.yaml`)
  const lines = [
    'version: 1',
    'name: witness.localhost/w1',
    'listen: 127.0.0.1:0',
    'key_file: witness.key',
    `store: { path: ${name}.db }`,
    'logs:',
    `  - ${JSON.stringify(vkey)}`,
  ]
  writeFileSync(path, `${lines.join('\n')}\n${more}`)
  return path
}

function submission(old: number, size: number, root = new Uint8Array(32)): string {
  const text = formatCheckpoint({ origin, size, root })
  return `old ${old}\n\n${signNote(text, [{ name: origin, type: 1, seed: logSeed }], ed25519)}`
}

const nobody = (): void => {}

test('a witness answers over HTTP, remembers over a restart, and serves monitors', async () => {
  const path = configFile('restart', 'grease: false\n')
  const config = await loadWitnessConfig(path)
  {
    await using witness = await startWitness(config, nobody)
    const url = `http://127.0.0.1:${witness.port}`
    assert.equal((await fetch(url + monitorPath(origin))).status, 404)
    const added = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: submission(0, 5) })
    assert.equal(added.status, 200)
    assert.match(await added.text(), /^\u2014 witness\.localhost\/w1 [A-Za-z0-9+/=]+\n$/u)
  }
  await using witness = await startWitness(config, nobody)
  const url = `http://127.0.0.1:${witness.port}`
  const again = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: submission(0, 9) })
  assert.deepEqual(
    [again.status, again.headers.get('content-type'), await again.text()],
    [409, 'text/x.tlog.size', '5\n'],
  )
  const note = await (await fetch(url + monitorPath(origin))).text()
  assert.equal(parseNote(note).signatures.length, 2)
  const status: unknown = await (await fetch(`${url}/status`)).json()
  assert.deepEqual(status, {
    name: 'witness.localhost/w1',
    vkey: formatVerifierKey('witness.localhost/w1', 4, ed25519.publicKey(config.seed)),
    logs: [{ origin, size: 5 }],
  })
})

test('two requests over HTTP from one old size: exactly one is cosigned', async () => {
  const config = await loadWitnessConfig(configFile('race'))
  await using witness = await startWitness(config, nobody)
  const url = `http://127.0.0.1:${witness.port}/add-checkpoint`
  const bodies = [1, 2, 3, 4].map((byte) => submission(0, 5, new Uint8Array(32).fill(byte)))
  const replies = await Promise.all(bodies.map((body) => fetch(url, { method: 'POST', body })))
  assert.deepEqual(
    replies.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409, 409, 409],
  )
})

test('bodies are limited, other paths and methods are not there', async () => {
  const config = await loadWitnessConfig(configFile('limits'))
  await using witness = await startWitness(config, nobody)
  const url = `http://127.0.0.1:${witness.port}`
  const long = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: 'x'.repeat(131_073) })
  assert.equal(long.status, 413)
  const most = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: 'x'.repeat(131_072) })
  assert.equal(most.status, 400)
  const empty = await fetch(`${url}/add-checkpoint`, { method: 'POST' })
  assert.equal(empty.status, 400)
  assert.equal((await fetch(`${url}/add-checkpoint`)).status, 404)
  assert.equal((await fetch(`${url}/sign-subtree`, { method: 'POST', body: 'x' })).status, 404)
})

test('a log may have two keys while it changes from one to the other, and is one log', async () => {
  const newSeed = new Uint8Array(32).fill(33)
  const newVkey = formatVerifierKey(origin, 1, ed25519.publicKey(newSeed))
  const both = await loadWitnessConfig(configFile('overlap', `  - ${JSON.stringify(newVkey)}\n`))
  const signedBy = (seeds: readonly Uint8Array[], old: number, size: number): string => {
    const text = formatCheckpoint({ origin, size, root: new Uint8Array(32) })
    const signers = seeds.map((seed) => ({ name: origin, type: 1 as const, seed }))
    return `old ${old}\n\n${signNote(text, signers, ed25519)}`
  }
  await using witness = await startWitness(both, nobody)
  const submit = async (body: string): Promise<readonly [number, string]> => {
    const url = `http://127.0.0.1:${witness.port}/add-checkpoint`
    const reply = await fetch(url, { method: 'POST', body })
    return [reply.status, reply.status === 409 ? await reply.text() : '']
  }
  assert.equal((await submit(signedBy([logSeed], 0, 5)))[0], 200)
  assert.deepEqual(await submit(signedBy([newSeed], 0, 6)), [409, '5\n'])
  for (const seeds of [[logSeed, newSeed], [newSeed, logSeed], [newSeed]]) {
    assert.equal((await submit(signedBy(seeds, 5, 5)))[0], 200)
  }
  assert.equal((await submit(signedBy([new Uint8Array(32).fill(34)], 5, 5)))[0], 403)
})

test('a log that is left out and named again later is remembered', async () => {
  const otherVkey = formatVerifierKey('other.localhost/log', 1, ed25519.publicKey(logSeed))
  const path = configFile('again')
  const named = await loadWitnessConfig(path)
  const url = (port: number): string => `http://127.0.0.1:${port}/add-checkpoint`
  const submit = async (config: typeof named): Promise<number> => {
    await using witness = await startWitness(config, nobody)
    const body = submission(0, 9, new Uint8Array(32).fill(9))
    return (await fetch(url(witness.port), { method: 'POST', body })).status
  }
  assert.equal(await submit(named), 200)
  writeFileSync(path, readFileSync(path, 'utf8').replace(JSON.stringify(vkey), otherVkey))
  assert.equal(await submit(await loadWitnessConfig(path)), 404)
  assert.equal(await submit(await loadWitnessConfig(configFile('again'))), 409)
})

test('a witness whose store is gone refuses to start', async () => {
  const config = await loadWitnessConfig(configFile('gone'))
  await (await startWitness(config, nobody))[Symbol.asyncDispose]()
  for (const end of ['', '-wal', '-shm']) rmSync(`${config.storePath}${end}`, { force: true })
  await assert.rejects(startWitness(config, nobody), { code: 'STORE_GONE' })
})

test('configuration faults are told in a sentence that names the key', async () => {
  const faults: readonly (readonly [string, RegExp])[] = [
    ['colour: red\n', /colour/],
    ['limits: { connections: 0 }\n', /limits\.connections/],
    ['grease: sometimes\n', /grease/],
    ['version: 1\n', /YAML/],
  ]
  for (const [more, message] of faults) {
    await assert.rejects(loadWitnessConfig(configFile('fault', more)), message)
  }
  await assert.rejects(loadWitnessConfig(join(folder, 'nowhere.yaml')), {
    code: 'CONFIG_UNREADABLE',
  })
  const witnessKey = formatVerifierKey('w', 4, ed25519.publicKey(logSeed))
  const path = configFile('type', `  - ${JSON.stringify(witnessKey)}\n`)
  await assert.rejects(loadWitnessConfig(path), { code: 'CONFIG_INVALID' })
  writeFileSync(join(folder, 'short.key'), 'AAAA\n')
  const short = configFile('short').replace('.yaml', '-key.yaml')
  const text = `version: 1\nname: w\nlisten: 127.0.0.1:0\nkey_file: short.key\nstore: { path: s.db }\nlogs: [${JSON.stringify(vkey)}]\n`
  writeFileSync(short, text)
  await assert.rejects(loadWitnessConfig(short), { code: 'KEY_FILE_INVALID' })
})
