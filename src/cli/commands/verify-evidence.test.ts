import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createFixtureBackend, fixtureNowMs } from '../../testing/web/index.ts'
import { type Evidence, gatherEvidence } from '../../web/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { TrustError } from '../trust-files.ts'
import { verifyEvidence } from './verify-evidence.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-evidence-'))
const file = join(folder, 'who-asked-about-me.json')
after(() => rmSync(folder, { recursive: true, force: true }))

const backend = createFixtureBackend()
const evidence = await gatherEvidence(
  backend,
  { disclosures: await backend.disclosures('anybody') },
  fixtureNowMs,
)

function verify(content: unknown): { readonly code: ExitCode; readonly stdout: string } {
  writeFileSync(file, JSON.stringify(content))
  const seen: { code: ExitCode; stdout: string } = { code: 0, stdout: '' }
  const io: CliIo = {
    stdout: (text) => void (seen.stdout += text),
    stderr: () => undefined,
    isTty: false,
    env: {},
    now: () => 0,
    exit: (code) => void (seen.code = code),
  }
  verifyEvidence({ file, json: false }, io)
  return seen
}

test('proofs that hold are not called good where nothing shows that none is missing', () => {
  const { code, stdout } = verify(evidence)
  assert.equal(code, 0, stdout)
  assert.match(stdout, /does not show that nothing is missing. What is in it holds: 4 receipts/)
  for (const name of ['housing', 'social', 'tax'])
    assert.match(stdout, new RegExp(`list of ${name}: nothing shows whether entries are missing`))
  assert.doesNotMatch(stdout, /is good/)
})

test('a changed record is exit 3 and named by its place in the file', () => {
  const [first, ...others] = evidence.disclosures
  assert.ok(first !== undefined && first.outcome !== 'sealed')
  const record = first.record.replace('"v":1', '"v":2')
  const changed: Evidence = { ...evidence, disclosures: [{ ...first, record }, ...others] }
  const { code, stdout } = verify(changed)
  assert.equal(code, 3)
  assert.match(stdout, /entry 1 of the file: fails/)
})

test('a sealed entry is proven to be in the log, and said to be told of by word alone', async () => {
  const sealing = createFixtureBackend()
  sealing.setSealed(true)
  const disclosures = await sealing.disclosures('anybody')
  const { code, stdout } = verify(await gatherEvidence(sealing, { disclosures }, fixtureNowMs))
  assert.equal(code, 0, stdout)
  assert.match(stdout, /1 entry is sealed for the sake of another person: in the log, but what the/)
  assert.match(stdout, /organisation's word; an inspector can open it/)
})

test('another file is refused with a sentence', () => {
  assert.throws(() => verify({}), TrustError)
})
