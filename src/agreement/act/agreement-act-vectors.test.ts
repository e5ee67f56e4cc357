import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeBase64, decodeUtf8, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { actBytes, actDigest, ActError, isActSigned, parseAct } from './agreement-act.ts'
import { liftsOf } from './lifts.ts'

interface SignedVector {
  readonly name: string
  readonly publicKey: string
  readonly act: string
  readonly digest: string
}

interface Vectors {
  readonly good: readonly SignedVector[]
  /** Of the form, and not signed by the officer whom they name. */
  readonly forged: readonly SignedVector[]
  readonly refused: readonly { readonly name: string; readonly act: string }[]
  readonly named: readonly {
    readonly suspensions: readonly string[]
    readonly lifts: readonly string[]
  }[]
}

const file = new URL('../../../vectors/cloison-agreement-act-v1.json', import.meta.url)
const vectors: Vectors = JSON.parse(readFileSync(file, 'utf8'))

function isRead(text: string): boolean {
  try {
    return decodeUtf8(actBytes(parseAct(utf8(text)))) === text
  } catch (cause) {
    assert.ok(cause instanceof ActError, String(cause))
    return false
  }
}

function isSigned({ act, publicKey }: SignedVector): boolean {
  return isActSigned(parseAct(utf8(act)), [decodeBase64(publicKey)], nobleEd25519)
}

function names(lifts: readonly string[], suspensions: readonly string[]): boolean {
  return liftsOf(suspensions.map((act) => parseAct(utf8(act)))).join() === lifts.join()
}

test('the vectors hold, made by a second program', (t) => {
  const { good, forged, refused, named } = vectors
  for (const one of good) {
    assert.ok(isRead(one.act), one.name)
    assert.equal(actDigest(parseAct(utf8(one.act))), one.digest, one.name)
    assert.ok(isSigned(one), one.name)
  }
  for (const one of forged) {
    assert.ok(isRead(one.act), one.name)
    assert.ok(!isSigned(one), one.name)
  }
  for (const { name, act } of refused) assert.ok(!isRead(act), name)
  for (const { lifts, suspensions } of named) assert.ok(names(lifts, suspensions))
  const run = good.length + forged.length + refused.length + named.length
  t.diagnostic(`${run} of ${run} vectors`)
  assert.ok(run >= 60)
})

test('a vector with one byte changed fails', () => {
  const [one] = vectors.good
  assert.ok(one !== undefined)
  const { act } = one
  const bytes = utf8(act)
  let signed = 0
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = decodeUtf8(bytes.with(at, (bytes[at] ?? 0) ^ 1))
    if (isRead(changed) && isSigned({ ...one, act: changed })) signed += 1
  }
  assert.equal(signed, 0)
  const [named] = vectors.named.slice(-1)
  assert.ok(named !== undefined)
  assert.ok(!names(named.lifts, named.suspensions.slice(1)))
})
