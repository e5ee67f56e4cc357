import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  canonicalBytes,
  decodeBase64,
  encodeBase64,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import type { Aead, SealedBox } from '../../ports/index.ts'
import { holderSecrets, sampleExchange, sampleSealing, testBox } from '../../testing/index.ts'
import { IdentityError, type IdentityErrorCode } from './identity-error.ts'
import type { IdentityRequest } from './identity-request.ts'
import { openIdentity, openJoined, openShare } from './open-identity.ts'
import { sealIdentity } from './seal-identity.ts'
import { identityContext, sealedIdentitySchema } from './sealed-identity.ts'

type ToOpen = Pick<IdentityRequest, 'of' | 'sealed'>

const box = testBox()
const aead = aesGcm(systemRandomness)
const deps = { box, aead }
const { dpo, inspector } = holderSecrets

function entry(number: number): ToOpen['of'] {
  const questionDigest = encodeBase64(new Uint8Array(32).fill(number))
  return { ...sampleExchange, official: 'pseudonym', questionDigest }
}

function sealed(official: string, of: ToOpen['of'], with_: Aead = aead): ToOpen['sealed'] {
  const sealing = { ...sampleSealing(box), aead: with_, randomness: systemRandomness }
  return sealedIdentitySchema.parse(readCanonicalJson(sealIdentity(official, of, sealing)))
}

function request(number: number, official = 'official-1'): ToOpen {
  const of = entry(number)
  return { of, sealed: sealed(official, of) }
}

function opens(one: ToOpen, first = dpo, second = inspector): string {
  return openIdentity(one, { secretKey: second, first: openShare(one, first, deps) }, deps)
}

function refuses(code: IdentityErrorCode, work: () => unknown): void {
  assert.throws(work, (cause) => cause instanceof IdentityError && cause.code === code)
}

test('both holders together open every id, whoever is first', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (official) => {
      fc.pre(utf8(official).length <= 254)
      const one = request(1, official)
      assert.equal(opens(one), official)
      assert.equal(opens(one, inspector, dpo), official)
    }),
    { numRuns: 30 },
  )
  assert.equal(opens(request(1, 'x'.repeat(254))), 'x'.repeat(254))
  assert.throws(() => request(1, 'x'.repeat(255)), /at most 254 bytes/)
})

test('one holder opens nothing: not with the other share, not with their own twice, not with a guess', () => {
  const one = request(1)
  for (const [key, other] of [
    [dpo, one.sealed.inspector.share],
    [inspector, one.sealed.dpo.share],
  ] as const)
    assert.equal(box.open(key, decodeBase64(other)), undefined)
  const first = openShare(one, dpo, deps)
  refuses('IDENTITY_SHARE_FOREIGN', () => openIdentity(one, { secretKey: dpo, first }, deps))
  // Called the inspector's, it is still the officer's half: what it joins to is no key.
  const posing = { ...first, holder: 'inspector' as const }
  refuses('IDENTITY_NOT_OPENED', () => openIdentity(one, { secretKey: dpo, first: posing }, deps))
  const half = decodeBase64(first.share)
  for (const guess of [half, new Uint8Array(32), systemRandomness.bytes(32)])
    assert.equal(openJoined(one, [half, guess], aead), undefined)
  refuses('IDENTITY_KEY_FOREIGN', () => openShare(one, new Uint8Array(32).fill(9), deps))
})

test('shares of two entries do not combine', () => {
  const [one, other] = [request(1), request(2)]
  const first = openShare(other, dpo, deps)
  refuses('IDENTITY_SHARE_FOREIGN', () => openIdentity(one, { secretKey: inspector, first }, deps))
  const posing = { ...first, context: openShare(one, dpo, deps).context }
  refuses('IDENTITY_NOT_OPENED', () =>
    openIdentity(one, { secretKey: inspector, first: posing }, deps),
  )
})

test('what is sealed at one entry opens at no other', () => {
  const moved = { ...request(1), of: entry(2) }
  refuses('IDENTITY_SHARE_FOREIGN', () => openShare(moved, dpo, deps))
  const halves = halvesOf(moved)
  assert.equal(openJoined(moved, halves, aead), undefined)
  assert.equal(openJoined({ ...moved, of: entry(1) }, halves, aead), 'official-1')
  const renamed = { ...moved.sealed.dpo, organisation: 'tax' }
  const misled = { of: entry(1), sealed: { ...moved.sealed, dpo: renamed } }
  refuses('IDENTITY_SHARE_FOREIGN', () => openShare(misled, dpo, deps))
})

/** Both halves as whoever has both keys takes them, past every check. */
function halvesOf({ sealed: { dpo: one, inspector: other } }: ToOpen): [Uint8Array, Uint8Array] {
  const half = (key: Uint8Array, share: string): Uint8Array =>
    box.open(key, decodeBase64(share))?.subarray(32) ?? assert.fail()
  return [half(dpo, one.share), half(inspector, other.share)]
}

test('without the context in the encryption, what was moved opens', () => {
  const unbound: Aead = {
    seal: (key, plaintext) => aead.seal(key, plaintext, new Uint8Array()),
    open: (key, bytes) => aead.open(key, bytes, new Uint8Array()),
  }
  const moved = { of: entry(2), sealed: sealed('official-1', entry(1), unbound) }
  assert.equal(openJoined(moved, halvesOf(moved), unbound), 'official-1')
})

test('a share brought in under the request about another entry is not given on; unchecked, it opens that other entry', () => {
  const [asked, target] = [request(1), request(2)]
  // An attacker with the officer's key has the inspector open "asked", with the share of "target" in it.
  const { share } = target.sealed.inspector
  const baited = {
    ...asked,
    sealed: { ...asked.sealed, inspector: { ...asked.sealed.inspector, share } },
  }
  refuses('IDENTITY_SHARE_FOREIGN', () => openShare(baited, inspector, deps))
  const digest = sha256(identityContext(baited.of, baited.sealed))
  const unchecked: SealedBox = {
    ...box,
    open(secretKey, bytes) {
      const opened = box.open(secretKey, bytes)
      opened?.set(digest)
      return opened
    },
  }
  const given = openShare(baited, inspector, { box: unchecked })
  const own = openShare(target, dpo, deps)
  const halves = [decodeBase64(given.share), decodeBase64(own.share)] as const
  assert.equal(openJoined(target, [halves[0], halves[1]], aead), 'official-1')
})

/** How many windows of 32 bits in these sealed identities are there twice. */
function equalWindows(blobs: readonly ToOpen['sealed'][]): number {
  const parts = blobs.map(({ dpo: one, inspector: other, identity }) =>
    [one.share, other.share, identity].map((text) => decodeBase64(text)),
  )
  const seen = new Set<string>()
  let windows = 0
  for (const part of parts.flat()) {
    for (let start = 0; start + 4 <= part.length; start += 1) {
      seen.add(encodeBase64(part.subarray(start, start + 4)))
      windows += 1
    }
  }
  return windows - seen.size
}

test('two sealed identities of one official share nothing but form, holders and length', () => {
  const of = entry(1)
  const made = Array.from({ length: 4 }, () => [
    sealed('official-1', of),
    sealed('official-1', of),
    sealed('o', of),
  ])
  // Of about 1,500 windows of 32 bits a pair is equal by chance in one of 4,000 trials, and not in four of four.
  assert.equal(Math.min(...made.map(equalWindows)), 0)
  const blobs = made.flat()
  assert.deepEqual(new Set(blobs.map((blob) => canonicalBytes({ ...blob.dpo }).length)).size, 1)
  assert.deepEqual(new Set(blobs.map(({ identity }) => identity.length)).size, 1)
  assert.ok(!JSON.stringify(blobs).includes('official-1'))
})
