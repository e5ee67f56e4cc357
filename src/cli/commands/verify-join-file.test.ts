import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import { UniformDraws } from '../../crypto/index.ts'
import { joinFileBytes, makeJoinRelease } from '../../population/index.ts'
import { type DirectoryRecord, parseOrganisationId } from '../../protocol/index.ts'
import { sampleKey, sampleRecord } from '../../testing/index.ts'
import { sampleJoinReleaseParts, sampleSigner } from '../../testing/join/index.ts'
import { seededRandom } from '../../testing/simulator/index.ts'
import type { CliIo } from '../cli-io.ts'
import { logVerifyCommand } from './log-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-join-file-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const parts = sampleJoinReleaseParts({}, () => 500, new UniformDraws(seededRandom('file')))
const bytes = joinFileBytes({
  release: makeJoinRelease(parts),
  receipt: { origin: 'housing.localhost/log', index: 7 },
})
const parties = ['tax', 'labour', 'housing'] as const

function recordOf(organisation: string, change: Partial<DirectoryRecord> = {}): DirectoryRecord {
  const publicKey = encodeBase64(sampleSigner(organisation).publicKey)
  return sampleRecord({
    organisation: parseOrganisationId(organisation),
    issuedAtMs: parts.asOfMs + 1_000,
    validUntilMs: parts.asOfMs + 86_400_000,
    keys: [
      sampleKey(1, {
        publicKey,
        notBeforeMs: parts.asOfMs - 1_000,
        notAfterMs: parts.asOfMs + 1_000,
      }),
    ],
    ...change,
  })
}

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

async function verify(
  content: Uint8Array,
  records: readonly DirectoryRecord[],
  ...flags: readonly string[]
): Promise<Outcome> {
  const seen: Outcome = { code: 0, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (seen.stdout += text),
    stderr: (text) => void (seen.stderr += text),
    isTty: false,
    env: {},
    now: () => 0,
    exit: (code) => void (seen.code = code),
  }
  const file = join(folder, 'need.json')
  writeFileSync(file, content)
  const names = records.map((record, at) => {
    const name = join(folder, `${at}.json`)
    writeFileSync(name, canonicalBytes(record))
    return name
  })
  const directory = names.length === 0 ? [] : ['--directory', ...names]
  await logVerifyCommand(io).parseAsync([file, ...flags, ...directory], { from: 'user' })
  return seen
}

const all = parties.map((party) => recordOf(party))

test('a table is agreed to by all three, by the records that are named', async () => {
  const { code, stdout } = await verify(bytes, all)
  assert.equal(code, 0, stdout)
  assert.match(stdout, /need\.json: agreed to by all three\./)
  assert.match(stdout, / {2}labour: labour\/gateway\/[0-9a-f]{8}, signed\n/)
  assert.match(stdout, /Root keys, for people to compare:\n {2}tax\n( {4}([0-9a-f]{4} ?){4}\n){4}/)
  const { stdout: json } = await verify(bytes, all, '--json')
  assert.deepEqual(JSON.parse(json).codes, [])
})

test('without a record of one of them nothing can be told of it: exit 1; without any: usage', async () => {
  const some = await verify(bytes, all.slice(1))
  assert.equal(some.code, 1)
  assert.match(some.stderr, /JOIN_SIGNER_UNKNOWN/)
  assert.match(some.stdout, /tax: .* cannot be told/)
  const none = await verify(bytes, [])
  assert.equal(none.code, 2)
  assert.match(none.stderr, /--directory/)
})

test('a key counts for its own time alone; one that the record revokes is a warning', async () => {
  const [tax, ...others] = all
  const [key] = tax?.keys ?? []
  assert.ok(key !== undefined)
  const late = recordOf('tax', { keys: [{ ...key, notBeforeMs: parts.asOfMs + 1 }] })
  assert.match((await verify(bytes, [late, ...others])).stderr, /JOIN_SIGNER_UNKNOWN/)
  const { publicKey } = key
  const revoked = [
    { use: 'gateway', name: null, publicKey, revokedAtMs: parts.asOfMs + 9 },
  ] as const
  const gone = await verify(bytes, [recordOf('tax', { keys: [], revoked }), ...others])
  assert.deepEqual([gone.code, /JOIN_SIGNER_REVOKED/.test(gone.stderr)], [1, true])
})

test('a signature of another plan, a row that was changed and a record that no root signed are found', async () => {
  const other = sampleJoinReleaseParts(
    { microEpsilon: 400_000 },
    () => 500,
    new UniformDraws(seededRandom('other')),
  )
  const { right } = other.signatures
  const made = makeJoinRelease({ ...parts, signatures: { ...parts.signatures, right } })
  const wrong = await verify(joinFileBytes({ release: made, receipt: {} }), all)
  assert.equal(wrong.code, 3)
  assert.match(wrong.stdout, /NOT agreed to by all three/)
  assert.match(wrong.stderr, /JOIN_SIGNATURE_INVALID/)
  const json: { rows: { value: string }[] } = JSON.parse(Buffer.from(bytes).toString())
  const [row] = json.rows
  assert.ok(row !== undefined)
  row.value = '999'
  const changed = await verify(canonicalBytes(json), all)
  assert.equal(changed.code, 3)
  assert.match(changed.stdout, /RELEASE_ROWS/)
  const [tax, ...others] = all
  assert.ok(tax !== undefined)
  const unsigned = await verify(bytes, [{ ...tax, name: 'Another' }, ...others])
  assert.equal(unsigned.code, 2)
  assert.match(unsigned.stderr, /no directory record that its root key has signed/)
})
