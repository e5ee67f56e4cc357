import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startJoinWorker } from './start-join-worker.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-worker-'))
after(() => rmSync(dir, { recursive: true, force: true }))

test('the gateway’s own file, and one without a queue, are refused by a sentence that says what is wanted', async () => {
  const file = join(dir, 'given.yaml')
  for (const [text, said] of [
    ['version: 1\norg: { id: tax }\n', /it is a gateway's\. Name the worker's own file/],
    ['version: 1\n', /"join_queue"/],
  ] as const) {
    writeFileSync(file, text)
    await assert.rejects(
      startJoinWorker(file, () => undefined),
      {
        code: 'CONFIG_INVALID',
        message: said,
      },
    )
  }
})
