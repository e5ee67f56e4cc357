import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as z from 'zod'
import { canonicalBytes, encodeBase64, readCanonicalJson, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { CliIo } from '../cli-io.ts'
import { identityCommand } from './identity-command.ts'
import { requestJson, sealIdentity, sealedIdentitySchema } from '../../person/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { holderSecrets, sampleExchange, sampleSealing, testBox } from '../../testing/index.ts'

let dir = ''
const at = (name: string): string => join(dir, name)

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function run(...words: readonly string[]): Promise<Ran> {
  let [code, out, err] = [0, '', '']
  const io: CliIo = {
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    isTty: false,
    env: {},
    now: () => 0,
    exit: (exit) => void (code = exit),
  }
  await identityCommand(io).parseAsync([...words], { from: 'user' })
  return { code, out, err }
}

const origin = 'housing.example/log/2026h2'
const opening = { log: origin, index: 9, r: encodeBase64(new Uint8Array(32).fill(1)) }

/** A request as a gateway writes it, and the log that has its opening. */
async function writeRequest(): Promise<void> {
  const of = { ...sampleExchange, kind: 'person.asked' as const, official: 'pseudonym' }
  const [aead, randomness] = [aesGcm(systemRandomness), systemRandomness]
  const sealed = sealIdentity('official-1', of, { ...sampleSealing(), aead, randomness })
  const record = {
    v: 1,
    class: 'governance',
    kind: 'inspection.identity-opened',
    timeMs: 1,
    organisation: 'housing',
    name: 'inspector',
    digest: encodeBase64(sha256(sealed)),
    body: { log: origin, entry: 7, dpo: 'housing', inspector: 'inspector', case: 'C', reason: 'r' },
  }
  const entry = { log: origin, index: 7, r: opening.r, record: textOf(of) }
  const request = requestJson({
    opening: { ...opening, record: textOf(record) },
    entry,
    sealed: sealedIdentitySchema.parse(readCanonicalJson(sealed)),
  })
  await writeFile(at('request.json'), canonicalBytes(request))
  await mkdir(at('log/governance'), { recursive: true })
  const { index, r } = opening
  await writeFile(at('log/governance/9'), canonicalBytes({ index, r, record }))
}

function textOf(record: unknown): string {
  return new TextDecoder().decode(canonicalBytes(z.json().parse(record)))
}

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cloison-holders-'))
  await writeFile(at('dpo.key'), `${encodeBase64(holderSecrets.dpo)}\n`)
  await writeFile(at('inspector.key'), `${encodeBase64(holderSecrets.inspector)}\n`)
  await writeRequest()
})

after(() => rm(dir, { recursive: true, force: true }))

const shareOf = (out: string, log = 'log', key = 'inspector.key'): Promise<Ran> =>
  run('open-share', at('request.json'), '--log', at(log), '--key', at(key), '--out', at(out))

const openWith = (share: string, log = 'log', key = 'dpo.key'): Promise<Ran> =>
  run('open', at('request.json'), '--log', at(log), '--key', at(key), '--share', at(share))

test('two holders open a request one after the other, and the share is for its owner alone', async () => {
  const shared = await shareOf('share.json')
  assert.deepEqual([shared.code, shared.err.includes('Entry 7')], [0, true])
  assert.equal((await stat(at('share.json'))).mode & 0o077, 0)
  const opened = await openWith('share.json')
  assert.deepEqual([opened.code, opened.out], [0, 'official-1\n'])
  assert.ok(!opened.err.includes('official-1'))
  assert.equal((await shareOf('share.json')).code, 2, 'a share is never overwritten')
  const twice = await openWith('share.json', 'log', 'inspector.key')
  assert.match(`${twice.code} ${twice.err}`, /^3 [^]*IDENTITY_SHARE_FOREIGN/)
})

test('an opening that the published log does not have, or has otherwise, opens nothing', async () => {
  assert.equal((await shareOf('logged.json')).code, 0)
  await mkdir(at('empty'))
  await mkdir(at('other/governance'), { recursive: true })
  const published = new TextDecoder().decode(await readFile(at('log/governance/9')))
  await writeFile(at('other/governance/9'), published.replace('"reason":"r"', '"reason":"s"'))
  for (const log of ['empty', 'other', 'nowhere']) {
    const shared = await shareOf('never.json', log)
    assert.match(`${shared.code} ${shared.err}`, /^3 [^]*IDENTITY_NOT_LOGGED/)
    const opened = await openWith('logged.json', log)
    assert.match(`${opened.code} ${opened.err}`, /^3 [^]*IDENTITY_NOT_LOGGED/)
    assert.equal(opened.out, '')
  }
  await assert.rejects(stat(at('never.json')))
})

test('a request whose opening is about another entry or another identity is refused', async () => {
  const text = new TextDecoder().decode(await readFile(at('request.json')))
  for (const [from, to] of [
    ['"index":7', '"index":8'],
    ['inspection.identity-opened', 'inspection.sample'],
    ['"organisation":"inspector"', '"organisation":"tax"'],
  ] as const) {
    await writeFile(at('bent.json'), utf8(text.replace(from, to)))
    const words = ['--log', at('log'), '--key', at('dpo.key'), '--out', at('never.json')]
    const { code, err } = await run('open-share', at('bent.json'), ...words)
    assert.match(`${code} ${err}`, /^3 [^]*IDENTITY_OPENING_FOREIGN/, from)
  }
  await writeFile(at('no.json'), '{}')
  const words = ['--log', at('log'), '--key', at('dpo.key'), '--out', at('never.json')]
  const { code, err } = await run('open-share', at('no.json'), ...words)
  assert.match(`${code} ${err}`, /^2 [^]*IDENTITY_FILE_INVALID/)
})

test('a holder’s key is new, for its owner alone, and its public half is printed', async () => {
  const made = await run('seal-key', '--out', at('new.key'))
  const secret = Buffer.from(await readFile(at('new.key'), 'utf8'), 'base64')
  assert.equal(made.out, `${encodeBase64(testBox().publicKey(new Uint8Array(secret)))}\n`)
  assert.equal((await stat(at('new.key'))).mode & 0o077, 0)
  assert.equal((await run('seal-key', '--out', at('new.key'))).code, 2)
})
