import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parsePolicy } from '../../log/verify/index.ts'
import { bestEd25519, folderFiles } from '../../platform/index.ts'
import { NAIVE_POLICY, naiveLog, ORIGIN } from '../../testing/naive-log/index.ts'
import { auditFolder } from './audit-folder.ts'
import type { AuditFinding } from './audit-finding.ts'

const root = mkdtempSync(join(tmpdir(), 'cloison-audit-folder-'))
after(() => rmSync(root, { recursive: true, force: true }))
const keys = parsePolicy(NAIVE_POLICY).logs.map(({ key }) => key)
const pace = { step: () => Promise.resolve() }

/** What the own audit finds of a published log whose public counts say so many exchanges of 40. */
async function found(exchanges: number): Promise<AuditFinding | undefined> {
  const [from, to] = [0, 41].map((entry) => `{"entry":${entry},"log":"${ORIGIN}"}`)
  const body = `{"cells":[],"exchanges":${exchanges},"from":${from},"month":"2026-06","to":${to}}`
  const act = { kind: 'counts.month', name: '2026-06', body }
  const files = folderFiles(join(root, String(exchanges)))
  for (const [path, bytes] of naiveLog(300, [], undefined, new Map([[250, act]])).files)
    await files.replace(path, bytes)
  const log = { files, origin: ORIGIN, keys, ed25519: bestEd25519() }
  return auditFolder(log, { pace, looks: pace })
}

test("a gateway's own audit holds its public counts against its leaves", async () => {
  assert.equal(await found(40), undefined)
  const { sentence: _sentence, ...finding } = (await found(60)) ?? assert.fail()
  assert.deepEqual(finding, { code: 'COUNTS_LEAVES', file: 'governance/250', entry: 250 })
})
