import assert from 'node:assert/strict'
import { createDecipheriv, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import canonicalize from 'canonicalize'
import * as z from 'zod'
import {
  openIdentity,
  openShare,
  readIdentityShare,
  sealedIdentitySchema,
} from '../../src/person/index.ts'
import { aesGcm, systemRandomness } from '../../src/platform/index.ts'
import { sampleExchange, testBox } from '../../src/testing/index.ts'
import { oracleOpen, oracleSeal, publicHalf } from './sealed-box-oracle.ts'

const file = new URL('../../vectors/cloison-sealed-identity-v1.json', import.meta.url)
const caseSchema = z.strictObject({
  name: z.string(),
  of: z.strictObject({
    consumer: z.string(),
    provider: z.string(),
    exchangeId: z.string(),
    official: z.string(),
    questionDigest: z.string(),
  }),
  dpoSecret: z.string(),
  inspectorSecret: z.string(),
  context: z.string(),
  sealed: sealedIdentitySchema,
  dpoShare: z.json(),
  inspectorShare: z.json(),
  identity: z.string(),
})
type Case = z.infer<typeof caseSchema>
const fileSchema = z.strictObject({ source: z.json(), cases: z.array(caseSchema) })
const { cases } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))

const box = testBox()
const deps = { box, aead: aesGcm(systemRandomness) }
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What the program makes of a case. */
function byProgram({ of, sealed, dpoSecret, inspectorSecret }: Case): readonly unknown[] {
  const request = { of: { ...sampleExchange, ...of }, sealed }
  const first = openShare(request, hex(dpoSecret), deps)
  const second = openShare(request, hex(inspectorSecret), deps)
  const identity = openIdentity(request, { secretKey: hex(inspectorSecret), first }, deps)
  return [first, second, identity]
}

/** The same without a line of the program: context, shares, joining, AES-GCM, padding. */
function byOracle({ of, sealed, dpoSecret, inspectorSecret }: Case): readonly unknown[] {
  const holder = (role: 'dpo' | 'inspector'): object => {
    const { organisation, key } = sealed[role]
    return { organisation, key }
  }
  const named = { ...of, dpo: holder('dpo'), inspector: holder('inspector') }
  const context = `cloison/sealed-identity/v1\n${canonicalize(named) ?? ''}`
  const digest = createHash('sha256').update(context).digest()
  const halfOf = (secret: string, share: string): Buffer => {
    const opened = Buffer.from(oracleOpen(hex(secret), base64(share)) ?? assert.fail())
    assert.deepEqual(opened.subarray(0, 32), digest)
    return opened.subarray(32)
  }
  const halves = [
    halfOf(dpoSecret, sealed.dpo.share),
    halfOf(inspectorSecret, sealed.inspector.share),
  ] as const
  const key = halves[0].map((byte, at) => byte ^ (halves[1][at] ?? 0))
  const body = Buffer.from(sealed.identity, 'base64')
  const cipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, 12))
  cipher.setAAD(Buffer.from(context))
  cipher.setAuthTag(body.subarray(-16))
  const plain = Buffer.concat([cipher.update(body.subarray(12, -16)), cipher.final()])
  const shown = (role: string, half: Buffer): object => ({
    v: 1,
    context: digest.toString('base64'),
    holder: role,
    share: half.toString('base64'),
  })
  return [
    shown('dpo', halves[0]),
    shown('inspector', halves[1]),
    plain.subarray(2, 2 + plain.readUInt16BE(0)).toString(),
    context,
  ]
}

test('the vectors hold, by the program and by an implementation of its own', () => {
  let run = 0
  for (const one of cases) {
    const expected = [one.dpoShare, one.inspectorShare, one.identity]
    assert.deepEqual(byProgram(one), expected, one.name)
    assert.deepEqual(byOracle(one), [...expected, one.context], one.name)
    for (const share of [one.dpoShare, one.inspectorShare])
      assert.ok(readIdentityShare(bytes(canonicalize(share) ?? '')))
    run += 1
  }
  console.log(`sealed identity vectors: ${run} of ${cases.length}`)
  assert.ok(run === 3)
})

/** A vector with one bit of one text changed. */
function changed(one: Case, path: 'context' | 'of' | 'dpo' | 'inspector' | 'identity'): Case {
  const flip = (text: string): string => {
    const raw = base64(text)
    raw[40] = (raw[40] ?? 0) ^ 1
    return Buffer.from(raw).toString('base64')
  }
  const { sealed } = one
  switch (path) {
    case 'context':
      return { ...one, sealed: { ...sealed, dpo: { ...sealed.dpo, organisation: 'other' } } }
    case 'of':
      return { ...one, of: { ...one.of, exchangeId: 'AAAAAAAAAAAAAAAAAAAAAQ' } }
    case 'identity':
      return { ...one, sealed: { ...sealed, identity: flip(sealed.identity) } }
    case 'dpo':
    case 'inspector': {
      const share = flip(sealed[path].share)
      return { ...one, sealed: { ...sealed, [path]: { ...sealed[path], share } } }
    }
  }
}

test('a vector with one change opens for neither', () => {
  for (const one of cases) {
    for (const path of ['context', 'of', 'dpo', 'inspector', 'identity'] as const) {
      assert.throws(() => byProgram(changed(one, path)), path)
      assert.throws(() => byOracle(changed(one, path)), path)
    }
  }
})

test('sealed boxes of both implementations open by the other', () => {
  for (const length of [0, 1, 31, 32, 33, 64, 95, 96, 97, 200]) {
    const secret = systemRandomness.bytes(32)
    const text = systemRandomness.bytes(length)
    const recipient = publicHalf(secret)
    assert.deepEqual(box.publicKey(secret), recipient)
    assert.deepEqual(oracleOpen(secret, box.seal(recipient, text)), text)
    const sealed = oracleSeal(recipient, text, systemRandomness.bytes(32))
    assert.deepEqual(box.open(secret, sealed), text)
    const wrong = sealed.with(40, (sealed[40] ?? 0) ^ 1)
    assert.equal(oracleOpen(secret, wrong), undefined)
  }
})
