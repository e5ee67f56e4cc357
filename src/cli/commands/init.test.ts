import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadConfig } from '../../node/index.ts'
import { bestEd25519, certificatePin } from '../../platform/index.ts'
import { isSignedByItsRoot, parseDirectoryRecord } from '../../protocol/index.ts'
import { openHeadStore, openStateReader } from '../../storage/sqlite/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { initCommand } from './init.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-init-'))
after(() => rmSync(folder, { recursive: true, force: true }))

async function init(
  ...args: readonly string[]
): Promise<{ exit: ExitCode; stdout: string; stderr: string }> {
  const found = { exit: 0 as ExitCode, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (found.stdout += text),
    stderr: (text) => void (found.stderr += text),
    isTty: false,
    env: {},
    now: () => 0,
    exit: (code) => void (found.exit = code),
  }
  await initCommand(io).parseAsync(['node', 'init', ...args])
  return found
}

const origin = 'tax.example/log/2026h2'

test('what it makes is a gateway’s: settings that load, keys of their owner alone, an empty signed log', async () => {
  const dir = join(folder, 'tax')
  const { exit, stdout, stderr } = await init('--org', 'tax', '--origin', origin, '--dir', dir)
  assert.equal(exit, 0, stderr)
  assert.match(stdout, /(?:[0-9a-f]{4} ?){4}\n/, 'the fingerprint of its root key')
  const { config, at } = await loadConfig(join(dir, 'cloison.yaml'))
  assert.deepEqual([config.org.id, config.log.origin], ['tax', origin])
  using state = openStateReader(at(config.store.path))
  using heads = openHeadStore(at(config.store.head_path))
  assert.deepEqual(await state.logs(), [origin])
  assert.equal((await state.head())?.size, 0)
  assert.deepEqual(await heads.read(), await state.head())
  assert.ok(existsSync(at(config.keys.log_file)))
  assert.match(readFileSync(at(config.witness.policy_file), 'utf8'), /^quorum none$/m)
  assert.equal(config.listen.url, 'https://127.0.0.1:8411')
  const record = parseDirectoryRecord(readFileSync(at(config.directory?.record_file ?? '')))
  assert.ok(isSignedByItsRoot(record, bestEd25519()))
  assert.deepEqual(
    record.keys.map(({ use, name }) => [use, name]),
    [
      ['gateway', null],
      ['tls', null],
      ['log', origin],
      ['dpo', null],
    ],
  )
  const { certificate_file: certificate = '', key_file: key = '' } = config.listen.tls ?? {}
  const pin = certificatePin(readFileSync(at(certificate), 'utf8'))
  assert.equal(record.keys[1]?.publicKey, pin)
  assert.deepEqual(
    config.callers.map(({ roles }) => roles),
    [['ask'], ['act', 'disclose'], ['analyse']],
    'what asks cannot act',
  )
  const tokens = ['keys/ask.token', 'keys/act.token', 'keys/analyse.token']
  assert.equal(new Set(tokens.map((file) => readFileSync(at(file), 'utf8'))).size, 3)
  for (const secret of [key, 'keys/root.key', 'keys/dpo.key', ...tokens])
    assert.equal(statSync(at(secret)).mode & 0o777, 0o600, secret)
})

test('each mistake is told in a sentence, and nothing is made', async () => {
  const dir = join(folder, 'wrong')
  const good = ['--org', 'tax', '--origin', origin, '--dir', dir]
  const mistakes = [
    [[...good, '--org', 'Tax'], /--org must have/],
    [[...good, '--origin', `https://${origin}`], /without a scheme/],
    [[...good, '--origin', 'tax.example/2026h2'], /without a scheme/],
    [[...good, '--public', '8411'], /must be an address and a port/],
    [[...good, '--url', 'http://tax.example'], /must be an https address/],
    [[...good, '--url', 'https://tax.example/gateway'], /must be an https address/],
    [[...good, '--public', '127.0.0.1:1', '--admin', '127.0.0.1:1'], /different addresses/],
  ] as const
  for (const [args, expected] of mistakes) {
    const { exit, stderr } = await init(...args)
    assert.equal(exit, 2)
    assert.match(stderr, expected)
  }
  assert.ok(!existsSync(dir))
  assert.equal((await init(...good)).exit, 0)
  const before = readFileSync(join(dir, 'keys', 'log.key'))
  const twice = await init(...good)
  assert.equal(twice.exit, 2)
  assert.match(twice.stderr, /stands there already/)
  assert.deepEqual(readFileSync(join(dir, 'keys', 'log.key')), before)
})
