import assert from 'node:assert/strict'
import { test } from 'node:test'

import { canonicalBytes, concatBytes, decodeBase64, utf8 } from '../bytes/index.ts'
import { nobleEd25519, sha256 } from '../crypto/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import {
  samplePersonAgreement,
  samplePersonSource,
  samplePopulationSource,
  sampleSeeds,
  signSample,
} from '../testing/index.ts'
import type { Agreement } from './agreement.ts'
import {
  agreementBody,
  agreementDigest,
  checkAgreementSignatures,
  isCountersigned,
  signAgreement,
} from './agreement-signature.ts'
import { compileAgreement } from './parse-agreement.ts'

const ed25519 = nobleEd25519
const verifiers = {
  provider: ed25519.publicKey(sampleSeeds.tax),
  consumer: ed25519.publicKey(sampleSeeds.housing),
  inspectors: (organisation: string) =>
    organisation === 'inspector' ? [ed25519.publicKey(sampleSeeds.inspector)] : [],
  ed25519,
}
const inspector = parseOrganisationId('inspector')
const signed = samplePersonAgreement()

const withoutSignatureOf = (agreement: Agreement, index: number): Agreement => ({
  ...agreement,
  signatures: agreement.signatures.filter((_, other) => other !== index),
})

test('both DPOs sign the canonical agreement without its signatures, under its own prefix', () => {
  assert.deepEqual(checkAgreementSignatures(signed, verifiers), { ok: true, countersigned: false })
  const source = samplePersonSource()
  const { signatures: _none, ...body } = source
  assert.deepEqual(agreementBody(signed), canonicalBytes(body))
  const prefix = utf8('cloison/agreement/v1\n')
  assert.deepEqual(agreementDigest(signed), sha256(prefix, canonicalBytes(body)))
  const [first] = signed.signatures
  assert.ok(first !== undefined)
  assert.match(first.keyId, /^tax\/dpo\/[0-9a-f]{8}$/)
  const message = concatBytes(prefix, canonicalBytes(body))
  assert.ok(ed25519.verify(decodeBase64(first.signature), message, verifiers.provider))
})

test('a signature of one side is not enough', () => {
  assert.deepEqual(checkAgreementSignatures(withoutSignatureOf(signed, 0), verifiers), {
    ok: false,
    code: 'SIGNATURE_MISSING',
    by: 'provider',
  })
  assert.deepEqual(checkAgreementSignatures(withoutSignatureOf(signed, 1), verifiers), {
    ok: false,
    code: 'SIGNATURE_MISSING',
    by: 'consumer',
  })
})

test('changing one member after signing, or another key, breaks the signatures', () => {
  const changed = { ...signed, approximateNumber: signed.approximateNumber + 1 }
  const check = checkAgreementSignatures(changed, verifiers)
  assert.deepEqual(check, { ok: false, code: 'SIGNATURE_INVALID', by: 'provider' })
  const swapped = { ...verifiers, consumer: verifiers.provider }
  const other = checkAgreementSignatures(signed, swapped)
  assert.deepEqual(other, { ok: false, code: 'SIGNATURE_INVALID', by: 'consumer' })
})

test('signing again replaces the signature, and leaves the digest as it was', () => {
  const again = signAgreement(
    signed,
    { organisation: signed.provider, role: 'dpo', seed: sampleSeeds.clinic },
    ed25519,
  )
  assert.equal(again.signatures.length, 2)
  assert.deepEqual(agreementDigest(again), agreementDigest(signed))
  assert.equal(checkAgreementSignatures(again, verifiers).ok, false)
})

test('an inspector countersigns, and must do so well', () => {
  const signer = {
    organisation: inspector,
    role: 'inspector',
    seed: sampleSeeds.inspector,
  } as const
  const countersigned = signAgreement(signed, signer, ed25519)
  assert.deepEqual(checkAgreementSignatures(countersigned, verifiers), {
    ok: true,
    countersigned: true,
  })
  const forged = signAgreement(signed, { ...signer, seed: sampleSeeds.clinic }, ed25519)
  const invalid = { ok: false, code: 'SIGNATURE_INVALID', by: 'inspector' }
  assert.deepEqual(checkAgreementSignatures(forged, verifiers), invalid)
  const { provider, consumer } = verifiers
  assert.deepEqual(
    checkAgreementSignatures(countersigned, { provider, consumer, ed25519 }),
    invalid,
  )
  assert.ok(isCountersigned(countersigned, verifiers))
  assert.ok(!isCountersigned(countersigned, { ed25519 }))
  assert.ok(!isCountersigned(signed, verifiers))
})

test('every countersignature counts, each under the keys of its own organisation', () => {
  const first = { organisation: inspector, role: 'inspector', seed: sampleSeeds.inspector } as const
  const clinic = parseOrganisationId('clinic')
  const second = { organisation: clinic, role: 'inspector', seed: sampleSeeds.clinic } as const
  const both = signAgreement(signAgreement(signed, first, ed25519), second, ed25519)
  const invalid = { ok: false, code: 'SIGNATURE_INVALID', by: 'inspector' }
  assert.deepEqual(checkAgreementSignatures(both, verifiers), invalid)
  const keys = new Map([
    ['inspector', ed25519.publicKey(sampleSeeds.inspector)],
    ['clinic', ed25519.publicKey(sampleSeeds.clinic)],
  ])
  const inspectors = (id: string): Uint8Array[] => [keys.get(id) ?? new Uint8Array(32)]
  assert.ok(checkAgreementSignatures(both, { ...verifiers, inspectors }).ok)
  const swapped = (): Uint8Array[] => [ed25519.publicKey(sampleSeeds.inspector)]
  assert.deepEqual(checkAgreementSignatures(both, { ...verifiers, inspectors: swapped }), invalid)
})

test('tables over protected elements need the inspector', () => {
  const dataElements = [
    {
      name: 'religion',
      register: 'income',
      source: 'religion',
      answerType: 'attribute',
      predicate: null,
      category: 'special',
    },
  ]
  const tables = signSample(compileAgreement(samplePopulationSource({ dataElements })))
  const missing = { ok: false, code: 'SIGNATURE_MISSING', by: 'inspector' }
  assert.deepEqual(checkAgreementSignatures(tables, verifiers), missing)
  const signer = {
    organisation: inspector,
    role: 'inspector',
    seed: sampleSeeds.inspector,
  } as const
  assert.ok(checkAgreementSignatures(signAgreement(tables, signer, ed25519), verifiers).ok)
})
