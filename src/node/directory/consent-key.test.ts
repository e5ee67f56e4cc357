import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AcceptedRecord,
  defaultDirectoryLocks,
  type DirectoryKey,
  type DirectoryRecord,
  directoryStanding,
  parseOrganisationId,
} from '../../protocol/index.ts'
import { directoryNowMs, directoryPublicKey, sampleKey, sampleRecord } from '../../testing/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../log/index.ts'
import { decodeBase64 } from '../../bytes/index.ts'
import { isConsentKey, type Neighbours } from './directory-neighbours.ts'

const clinic = parseOrganisationId('clinic')
const housing = parseOrganisationId('housing')
const [rootNumber, clinicKey, unlisted] = [60, 50, 51]

function accepted(...records: readonly DirectoryRecord[]): readonly AcceptedRecord[] {
  return records.map((record, place) => ({ record, acceptedAtMs: directoryNowMs + place }))
}

/** Every use that a key of the consumer can have, each by another key, and one that it has revoked. */
const consumerKeys: readonly DirectoryKey[] = [
  sampleKey(10),
  sampleKey(11, { use: 'dpo' }),
  sampleKey(12, { use: 'log', name: 'housing.example/log/1' }),
  sampleKey(13, { use: 'case', name: 'cases.housing' }),
  sampleKey(14, { use: 'witness', name: 'housing.example/w' }),
  sampleKey(15, { use: 'inspector' }),
  sampleKey(16, { use: 'consent', name: 'housing' }),
]
const revokedNumber = 17
const consumer = accepted(
  sampleRecord(
    {
      organisation: housing,
      keys: consumerKeys,
      revoked: [
        {
          use: 'gateway',
          name: null,
          publicKey: directoryPublicKey(revokedNumber),
          revokedAtMs: directoryNowMs,
        },
      ],
    },
    rootNumber,
  ),
)

const explicitPeer = {
  id: 'care',
  url: 'https://care.example',
  gateway_key: directoryPublicKey(30),
  dpo_key: directoryPublicKey(31),
  inspector_key: directoryPublicKey(32),
  log_vkeys: [
    formatVerifierKey(
      'care.example/log/1',
      SIGNATURE_TYPES.ed25519,
      decodeBase64(directoryPublicKey(33)),
    ),
  ],
  officials: [],
}
const config: Neighbours = {
  org: { id: 'tax', name: 'Tax Agency' },
  keys: { dpo_public: directoryPublicKey(40) },
  peers: [explicitPeer],
}

function counts(
  number: number,
  issuer: readonly AcceptedRecord[] = [],
  nowMs = directoryNowMs + 1_000,
): boolean {
  const histories = new Map([['housing', consumer]])
  if (issuer.length > 0) histories.set('clinic', issuer)
  const standing = directoryStanding(issuer, defaultDirectoryLocks, nowMs)
  const publicKey = directoryPublicKey(number)
  return isConsentKey({ organisation: clinic, publicKey }, { histories, config, standing })
}

test('whoever asks does not consent under another name with any key of theirs, nor does anybody with a key of others', () => {
  assert.ok(counts(clinicKey), 'a key that is nobody else\u2019s')
  const theirs = [...consumerKeys.map((_, place) => 10 + place), revokedNumber, rootNumber]
  for (const number of [...theirs, 30, 31, 32, 33, 40])
    assert.equal(counts(number), false, `key ${number}`)
})

test('an issuer that has a record consents with the key that it lists, until it revokes it', () => {
  const key = sampleKey(clinicKey, { use: 'consent', name: 'clinic' })
  const first = sampleRecord({ organisation: clinic, keys: [key] }, 70)
  assert.ok(counts(clinicKey, accepted(first)))
  assert.equal(counts(unlisted, accepted(first)), false)
  const { use, name, publicKey } = key
  const revoked = [{ use, name, publicKey, revokedAtMs: directoryNowMs }]
  const second = sampleRecord(
    { organisation: clinic, version: 2, keys: [sampleKey(52)], revoked },
    70,
  )
  assert.equal(counts(clinicKey, accepted(first, second)), false)
  assert.equal(counts(clinicKey, accepted(first), key.notAfterMs + 1), false, 'out of its term')
})
