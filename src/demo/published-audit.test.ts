import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { canonicalBytes, encodeBase64, type JsonObject, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderFiles } from '../platform/index.ts'
import type { Files } from '../ports/index.ts'
import { publishedAudit } from './published-audit.ts'

const qid = '0f'.repeat(16)
const salt = new Uint8Array(32).fill(3)

function recordOf(name: string, kind = 'join.audited'): JsonObject {
  const body = { holds: false, left: 0, right: 2, tally: 0 }
  const head = { v: 1, class: 'governance', timeMs: 1_800_000_000_000 } as const
  return { ...head, kind, organisation: 'inspector', name, digest: null, body }
}

/** 34 bytes: version, class and commitment; with its length before it, as a bundle has it. */
function leafOf(record: JsonObject): Uint8Array {
  const commitment = sha256(utf8('cloison/commitment/v1\n'), salt, canonicalBytes(record))
  return Uint8Array.of(0, 34, 1, 2, ...commitment)
}

/** A published folder with these records; `said` is what the openings say in their place. */
async function folderOf(
  t: TestContext,
  records: readonly JsonObject[],
  said = records,
): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-audit-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const files = folderFiles(folder)
  const leaves = Uint8Array.from(records.flatMap((record) => [...leafOf(record)]))
  await files.create(`tile/entries/000.p/${records.length}`, leaves)
  for (const [index, record] of said.entries()) {
    const opening = canonicalBytes({ index, r: encodeBase64(salt), record })
    await files.create(`governance/${index}`, opening)
  }
  return files
}

test('an audit is found by the number of its run, with what was found of whom', async (t) => {
  const files = await folderOf(t, [recordOf('other'), recordOf(qid), recordOf(qid, 'join.opened')])
  assert.deepEqual(await publishedAudit(files, qid), {
    holds: false,
    findings: { left: 0, right: 2, tally: 0 },
    atMs: 1_800_000_000_000,
    index: 1,
  })
  assert.equal(await publishedAudit(files, 'ff'.repeat(16)), undefined)
})

test('an opening that does not open its entry is no audit', async (t) => {
  const files = await folderOf(t, [recordOf('other')], [recordOf(qid)])
  assert.equal(await publishedAudit(files, qid), undefined)
})
