import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Command } from 'commander'
import { type Agreement, parseAgreement, signAgreement } from '../../agreement/index.ts'
import { canonicalBytes, decodeBase64 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { parseDirectoryRecord, parseOrganisationId, rootFingerprint } from '../../protocol/index.ts'
import { samplePersonAgreement } from '../../testing/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { keyCommand } from '../directory/key-command.ts'
import { peerCommand } from '../directory/peer-command.ts'
import { agreementCommand } from './agreement.ts'
import { initCommand } from './init.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-countersign-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const at = (...names: readonly string[]): string => join(folder, ...names)
const makers: Readonly<Record<string, (io: CliIo) => Command>> = {
  init: initCommand,
  key: keyCommand,
  peer: peerCommand,
  agreement: agreementCommand,
}

async function run(
  args: readonly string[],
): Promise<{ readonly exit: ExitCode; readonly stdout: string; readonly stderr: string }> {
  const found = { exit: 0 as ExitCode, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (found.stdout += text),
    stderr: (text) => void (found.stderr += text),
    isTty: false,
    env: {},
    now: () => Date.now(),
    exit: (code) => void (found.exit = code),
  }
  const [name = '', ...rest] = args
  const command = makers[name]?.(io)
  await command?.exitOverride().parseAsync(['node', name, ...rest])
  return found
}

async function good(args: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await run(args)
  assert.equal(exit, 0, stderr)
  return stdout
}

const config = (org: string): string => at(org, 'cloison.yaml')

async function found(org: string, port: number): Promise<void> {
  const listen = ['--public', `127.0.0.1:${port}`, '--admin', `127.0.0.1:${port + 100}`]
  await good([
    'init',
    '--org',
    org,
    '--origin',
    `${org}.example/log/1`,
    '--dir',
    at(org),
    ...listen,
  ])
}

async function addPeer(to: string, peer: string): Promise<void> {
  const record = at(peer, 'directory.json')
  const { rootKey } = parseDirectoryRecord(new Uint8Array(readFileSync(record)))
  const fingerprint = rootFingerprint(rootKey)
  await good(['peer', 'add', record, '-c', config(to), '--fingerprint', fingerprint])
}

function writeDraft(): void {
  const agreement = ['tax', 'housing'].reduce<Agreement>(
    (signed, party) =>
      signAgreement(
        signed,
        {
          organisation: parseOrganisationId(party),
          role: 'dpo',
          seed: decodeBase64(readFileSync(at(party, 'keys', 'dpo.key'), 'utf8').trim()),
        },
        nobleEd25519,
      ),
    samplePersonAgreement(),
  )
  writeFileSync(at('rent.json'), canonicalBytes(agreement))
}

test('an inspector countersigns with a key of the directory, and gateways take it; with another key or another role it goes no further', async () => {
  for (const [place, org] of ['housing', 'tax', 'inspector'].entries())
    await found(org, 8461 + place)
  const rootKey = ['--root-key', at('inspector', 'keys', 'root.key')]
  const inspector = ['-c', config('inspector')]
  const key = at('inspector.key')
  await good(['key', 'new', 'inspector', '--out', key, ...rootKey, ...inspector])
  for (const peer of ['tax', 'inspector']) await addPeer('housing', peer)
  writeDraft()

  const sign = ['agreement', 'sign', at('rent.json'), '--inspector', '--yes', '--key']
  const wrong = await run([...sign, at('inspector', 'keys', 'dpo.key'), ...inspector])
  assert.deepEqual([wrong.exit, /is no inspector's key of inspector/.test(wrong.stderr)], [2, true])
  const party = await run([...sign, at('tax', 'keys', 'dpo.key'), '--org', 'tax'])
  assert.deepEqual([party.exit, /an inspector is neither/.test(party.stderr)], [2, true])
  const output = ['--output', at('signed.json')]
  await good([...sign, key, ...inspector, ...output])
  const signed = parseAgreement(new Uint8Array(readFileSync(at('signed.json'))))
  assert.deepEqual(
    signed.signatures.map(({ organisation, role }) => `${organisation} ${role}`),
    ['tax dpo', 'housing dpo', 'inspector inspector'],
  )
  const taken = at('housing', 'agreements', 'rent.json')
  copyFileSync(at('signed.json'), taken)
  assert.match(await good(['agreement', 'list', '-c', config('housing')]), /housing-tax-rent/)

  await good([...sign, at('tax', 'keys', 'dpo.key'), '--org', 'clinic', '--output', at('odd.json')])
  copyFileSync(at('odd.json'), taken)
  const odd = await run(['agreement', 'list', '-c', config('housing')])
  assert.match(odd.stderr, /countersignature is by no inspector among the peers/)
})
