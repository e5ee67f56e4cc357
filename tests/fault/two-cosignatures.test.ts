import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { request } from 'undici'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../src/log/index.ts'
import { nodeMlDsa44 } from '../../src/platform/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { cliScript, startGateway } from './gateway-process.ts'
import { makeProvider } from './provider-fixture.ts'
import { makeWitness, requireBothKeys, startWitnessProcess } from './witness-process.ts'

test('a witness cosigns with Ed25519 and ML-DSA-44; a policy may demand both, and a reader sees both', async (t) => {
  const provider = await makeProvider({ publishSeconds: 0.2 })
  const folder = mkdtempSync(join(tmpdir(), 'cloison-witness-'))
  const fixture = await makeWitness(folder, provider.tax.logVerifierKey)
  await requireBothKeys(provider.dir, fixture)
  appendFileSync(join(provider.dir, 'vkeys.txt'), `${fixture.vkey}\n${fixture.treeVkey}\n`)
  const witness = await startWitnessProcess(fixture)
  const gateway = startGateway(provider.configPath)
  t.after(async () => {
    await gateway.kill()
    await witness.stop()
    for (const dir of [provider.dir, folder]) rmSync(dir, { recursive: true, force: true })
  })

  const status = await request(`${fixture.url}/status`)
  const keys: { vkey: string; treeVkey: string } = JSON.parse(await status.body.text())
  assert.deepEqual([keys.vkey, keys.treeVkey], [fixture.vkey, fixture.treeVkey])

  await gateway.listening
  // A start listens with the gate shut where its witnesses take more than seconds.
  const isReady = async (): Promise<true | undefined> => {
    const ready = await request(`http://${provider.adminAddress}/readyz`)
    await ready.body.dump()
    return ready.statusCode === 200 || undefined
  }
  await waitUntil('both cosignatures', isReady, [gateway])
  assert.equal((await gateway.stop()).exitCode, 0)

  const log = join(provider.dir, 'log')
  const args = [cliScript, 'log', 'verify', log, '--json']
  const verified = spawnSync(process.execPath, args, { encoding: 'utf8' })
  assert.equal(verified.status, 0, verified.stderr)
  const report: { cosignedBy: string[] } = JSON.parse(verified.stdout)
  assert.deepEqual(report.cosignedBy, [fixture.name, fixture.name])
  const [lines = ''] = readFileSync(join(log, 'checkpoint'), 'utf8').split('\n\n').slice(-1)
  t.diagnostic(
    `signature lines: ${lines
      .split('\n')
      .map((line) => line.length)
      .join(', ')} bytes`,
  )
})

test('a policy that demands the ML-DSA-44 key of another is not met: nothing is answered', async (t) => {
  const provider = await makeProvider({ publishSeconds: 0.2 })
  const folder = mkdtempSync(join(tmpdir(), 'cloison-witness-'))
  const fixture = await makeWitness(folder, provider.tax.logVerifierKey)
  const otherKey = nodeMlDsa44.publicKey(new Uint8Array(32).fill(1))
  const treeVkey = formatVerifierKey(fixture.name, SIGNATURE_TYPES.treeCosignature, otherKey)
  await requireBothKeys(provider.dir, { ...fixture, treeVkey })
  const witness = await startWitnessProcess(fixture)
  const gateway = startGateway(provider.configPath)
  t.after(async () => {
    await gateway.kill()
    await witness.stop()
    for (const dir of [provider.dir, folder]) rmSync(dir, { recursive: true, force: true })
  })
  await gateway.listening
  const ready = await request(`http://${provider.adminAddress}/readyz`)
  assert.equal(ready.statusCode, 503)
  assert.match(await ready.body.text(), /No quorum of witnesses has confirmed/)
  await gateway.stop()
})
