import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { cliScript, startGateway } from './gateway-process.ts'
import { makeProvider } from './provider-fixture.ts'

test('what a killed gateway had half published is swept at the next start, and the folder verifies', async (t) => {
  const { dir, configPath } = await makeProvider({ publishSeconds: 0.1 })
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const first = startGateway(configPath)
  await first.listening
  await first.kill()
  const log = join(dir, 'log')
  // As `kill -9` between writing a temporary file and renaming it leaves them.
  writeFileSync(join(log, 'checkpoint.tmp-0e2f4a52-1f5e-4d35-9f6a-2f3b7c9d1e00'), 'half a note')
  mkdirSync(join(log, 'tile/1'), { recursive: true })
  writeFileSync(join(log, 'tile/1/000.tmp-0e2f4a52-1f5e-4d35-9f6a-2f3b7c9d1e01'), 'half a tile')
  const second = startGateway(configPath)
  await second.listening
  assert.equal((await second.stop()).exitCode, 0)
  const left = readdirSync(log, { recursive: true, encoding: 'utf8' })
  assert.deepEqual(
    left.filter((name) => name.includes('.tmp-')),
    [],
  )
  const verified = spawnSync(process.execPath, [cliScript, 'log', 'verify', log])
  assert.equal(verified.status, 0, verified.stdout.toString())
})
