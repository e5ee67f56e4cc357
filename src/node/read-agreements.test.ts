import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type Agreement, signAgreement } from '../agreement/index.ts'
import { canonicalBytes, decodeBase64 } from '../bytes/index.ts'
import { nobleEd25519 } from '../crypto/index.ts'
import { type DirectoryRecord, parseOrganisationId } from '../protocol/index.ts'
import { directoryStanding } from '../protocol/index.ts'
import {
  directoryNowMs,
  samplePersonAgreement,
  samplePublicKey,
  sampleRecord,
  sampleKey,
  sampleSeeds,
} from '../testing/index.ts'
import { NodeError } from './node-error.ts'
import { recordedPeer } from './peer.ts'
import { type OfficerKeys, readAgreements } from './read-agreements.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-agreements-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const keyOf = (name: keyof typeof sampleSeeds): Uint8Array => decodeBase64(samplePublicKey(name))

const keys: OfficerKeys = {
  dpos: new Map([
    ['tax', [keyOf('tax')]],
    ['housing', [keyOf('housing')]],
    ['clinic', [keyOf('clinic')]],
  ]),
  inspectors: new Map([
    ['inspector', [keyOf('inspector')]],
    ['clinic', []],
  ]),
}

function countersigned(organisation: string, seed: Uint8Array): Agreement {
  const signer = {
    organisation: parseOrganisationId(organisation),
    role: 'inspector',
    seed,
  } as const
  return signAgreement(samplePersonAgreement(), signer, nobleEd25519)
}

async function read(agreement: Agreement, officers = keys): Promise<boolean | undefined> {
  writeFileSync(join(folder, 'rent.json'), canonicalBytes(agreement))
  return (await readAgreements(folder, officers, nobleEd25519))[0]?.countersigned
}

/** The inspector's keys as a gateway reads them from directory records. */
function recordedKeys(change: Partial<DirectoryRecord>, nowMs = directoryNowMs): OfficerKeys {
  const standing = directoryStanding(
    [{ record: sampleRecord(change), acceptedAtMs: directoryNowMs - 1_000 }],
    { keyMs: 0, rootMs: 0 },
    nowMs,
  )
  assert.ok(standing !== undefined)
  const config = { id: 'inspector', root_key: '', record_file: '', officials: [] }
  const { inspectorKeys } = recordedPeer(config, standing)
  return { ...keys, inspectors: new Map([['inspector', inspectorKeys]]) }
}

const refused = (cause: unknown): boolean =>
  cause instanceof NodeError &&
  cause.code === 'AGREEMENT_FILE_INVALID' &&
  cause.message.includes('countersignature')

test('an agreement counts as countersigned when an inspector among the peers has signed it', async () => {
  assert.equal(await read(samplePersonAgreement()), false)
  assert.equal(await read(countersigned('inspector', sampleSeeds.inspector)), true)
})

test('nobody who is no inspector countersigns: no other organisation, officer or stranger', async () => {
  const byOther = [
    countersigned('clinic', sampleSeeds.clinic),
    countersigned('stranger', sampleSeeds.cases),
    countersigned('inspector', sampleSeeds.clinic),
    countersigned('inspector', sampleSeeds.housing),
  ]
  for (const agreement of byOther) await assert.rejects(read(agreement), refused)
  // A reader that takes any officer's key for an inspector's is taken in by the first of them.
  await assert.doesNotReject(
    read(byOther[0] ?? samplePersonAgreement(), { ...keys, inspectors: keys.dpos }),
  )
})

test("the inspector's key comes from the directory: revoked it counts no more, and before its time not yet", async () => {
  const agreement = countersigned('inspector', sampleSeeds.inspector)
  const own = sampleKey(0, { use: 'inspector', publicKey: samplePublicKey('inspector') })
  assert.equal(await read(agreement, recordedKeys({ keys: [own] })), true)
  const ended = { ...own, notAfterMs: directoryNowMs - 500 }
  assert.equal(await read(agreement, recordedKeys({ keys: [ended] })), true)
  const { use, name, publicKey } = own
  const revoked = [{ use, name, publicKey, revokedAtMs: directoryNowMs - 1_000 }]
  const bad = [
    recordedKeys({ keys: [sampleKey(2)], revoked }),
    recordedKeys({ keys: [{ ...own, notBeforeMs: directoryNowMs + 1 }] }),
    recordedKeys({ keys: [{ ...own, use: 'dpo' }] }),
    recordedKeys({ keys: [sampleKey(2, { use: 'inspector' })] }),
  ]
  for (const officers of bad) await assert.rejects(read(agreement, officers), refused)
})
