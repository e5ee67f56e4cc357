import assert from 'node:assert/strict'
import test from 'node:test'
import { utf8 } from '../bytes/index.ts'
import { formatAddCheckpoint, formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import { openCheckpoint, parseVerifierKey } from '../log/verify/index.ts'
import { bestEd25519, nodeMlDsa44 } from '../platform/index.ts'
import { memoryWitnessStore } from '../storage/witness/index.ts'
import { sampleLog } from '../testing/index.ts'
import { addCheckpoint, type WitnessDeps } from './add-checkpoint.ts'

const ed25519 = bestEd25519()
const log = sampleLog(20)
const signer = { name: 'witness.example/w1', seed: new Uint8Array(32).fill(1) }
const treeSigner = { seed: new Uint8Array(32).fill(2), mlDsa44: nodeMlDsa44 }
const timeSeconds = 1_782_000_000
const keys = [
  formatVerifierKey(signer.name, SIGNATURE_TYPES.cosignature, ed25519.publicKey(signer.seed)),
  formatVerifierKey(
    signer.name,
    SIGNATURE_TYPES.treeCosignature,
    nodeMlDsa44.publicKey(treeSigner.seed),
  ),
].map((vkey) => parseVerifierKey(vkey))

function witness(): WitnessDeps {
  const logs = new Map([[log.key.name, [log.key]]])
  const clock = { now: () => timeSeconds * 1000 }
  return { logs, signer, treeSigner, store: memoryWitnessStore(), clock, ed25519 }
}

async function submit(deps: WitnessDeps): Promise<string> {
  const { checkpoint } = log.headAt(20)
  const body = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint })
  const { status, body: lines } = await addCheckpoint(utf8(body), deps)
  assert.equal(status, 200)
  return checkpoint + lines
}

test('a witness with both keys answers two lines of one time, and keeps both', async () => {
  const deps = witness()
  const kept = (): Promise<string | undefined> =>
    deps.store.latest(log.key.name).then((latest) => latest?.note)
  for (const note of [await submit(deps), (await kept()) ?? '']) {
    const opened = openCheckpoint(note, {
      log: log.key,
      witnesses: keys,
      ed25519,
      mlDsa44: nodeMlDsa44,
    })
    assert.deepEqual(
      opened.cosignatures,
      keys.map((key) => ({ key, timeSeconds })),
    )
    assert.equal(opened.unknown.length, 0)
  }
})

test('who does not know the second key reads the first alone', async () => {
  const note = await submit(witness())
  const opened = openCheckpoint(note, { log: log.key, witnesses: keys.slice(0, 1), ed25519 })
  assert.equal(opened.cosignatures.length, 1)
  assert.equal(opened.unknown.length, 1)
})
