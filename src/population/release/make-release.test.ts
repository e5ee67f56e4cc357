import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { canonicalBytes, type Json, type JsonObject } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { arbitraryRelease, sampleReleaseParts } from '../../testing/index.ts'
import { releaseChecks, checkRelease } from './check-release.ts'
import { makeRelease } from './make-release.ts'
import { parseRelease, releaseBytes, releaseJson } from './release.ts'
import { ReleaseError, type ReleaseErrorCode } from './release-error.ts'
import { isReleaseSigned, openSignedRelease, releaseDigest, signRelease } from './sign-release.ts'

test('what is read from the canonical bytes of a release is that release', () => {
  fc.assert(
    fc.property(arbitraryRelease, (release) => {
      const bytes = releaseBytes(release)
      const read = parseRelease(bytes)
      assert.deepEqual(read, release)
      assert.deepEqual(releaseBytes(read), bytes)
    }),
    { numRuns: 30 },
  )
})

test('a release says what it is of, what its noise is and what it cost', () => {
  const measure = { kind: 'mean', element: 'age' } as const
  const release = makeRelease(sampleReleaseParts({ measure, by: ['sex'] }))
  assert.deepEqual(release.certificate, {
    method: 'discrete-laplace',
    composition: 'basic',
    microEpsilon: 100_000,
    deltaExponent: null,
    unit: 'person',
    bounds: { element: 'age', min: 0, max: 110, unit: 'years' },
    notCovered: [
      'register-errors',
      'people-not-in-register',
      'missing-keys',
      'missing-values',
      'clamping',
    ],
    budget: { before: 300_000, after: 400_000 },
    legalLine: ['eu-gdpr:A89'],
  })
  assert.deepEqual(release.numbers[0], {
    name: 'count',
    law: { kind: 'discrete-laplace', scale: { num: 20, den: 1 } },
    halfWidth: 74,
    levelPpm: 975_894,
    sensitivity: 1,
  })
  assert.deepEqual(
    release.cells.map(({ key }) => key),
    [['f'], ['m']],
  )
})

interface Mutilation {
  readonly name: string
  readonly code: ReleaseErrorCode
  readonly change: (json: JsonObject) => JsonObject
}

const list = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? [...json] : [])

function member(json: JsonObject, name: string): JsonObject {
  const found = json[name]
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as JsonObject)
    : {}
}

const inCertificate =
  (change: JsonObject): Mutilation['change'] =>
  (json) => ({ ...json, certificate: { ...member(json, 'certificate'), ...change } })

const inFirstNumber =
  (change: JsonObject): Mutilation['change'] =>
  (json) => {
    const [first, ...others] = list(json['numbers'])
    return { ...json, numbers: [{ ...(first as JsonObject), ...change }, ...others] }
  }

const inCells =
  (change: (cells: readonly Json[]) => readonly Json[]): Mutilation['change'] =>
  (json) => ({ ...json, cells: change(list(json['cells'])) })

const mutilations: readonly Mutilation[] = [
  { name: 'another version', code: 'RELEASE_MALFORMED', change: (json) => ({ ...json, v: 2 }) },
  {
    name: 'a member more',
    code: 'RELEASE_MALFORMED',
    change: (json) => ({ ...json, subjects: [] }),
  },
  {
    name: 'a snapshot that is no date',
    code: 'RELEASE_MALFORMED',
    change: (json) => ({ ...json, snapshot: 'now' }),
  },
  {
    name: 'a number that is not whole',
    code: 'RELEASE_MALFORMED',
    change: inCells(([, ...cells]) => [{ key: ['f', 1], numbers: [0.5, 1, 1] }, ...cells]),
  },
  {
    name: 'another register than was asked',
    code: 'RELEASE_SHAPE',
    change: (json) => ({ ...json, register: 'others' }),
  },
  {
    name: 'a cell that is left out',
    code: 'RELEASE_SHAPE',
    change: inCells((cells) => cells.slice(0, -1)),
  },
  { name: 'a cell twice', code: 'RELEASE_SHAPE', change: inCells((all) => [...all, ...all]) },
  {
    name: 'cells in another order',
    code: 'RELEASE_SHAPE',
    change: inCells(([one = null, two = null, ...cells]) => [two, one, ...cells]),
  },
  {
    name: 'a key more in every cell',
    code: 'RELEASE_SHAPE',
    change: inCells((cells) =>
      cells.map((cell) => {
        const one = cell as JsonObject
        return { ...one, key: [...list(one['key']), 'x'] }
      }),
    ),
  },
  {
    name: 'a cell with a number less',
    code: 'RELEASE_SHAPE',
    change: inCells(([first = null, ...cells]) => [
      { ...(first as JsonObject), numbers: [1] },
      ...cells,
    ]),
  },
  {
    name: 'an interval that is narrower than its law has it',
    code: 'RELEASE_NUMBERS',
    change: inFirstNumber({ halfWidth: 1 }),
  },
  {
    name: 'a level that is not the exact one',
    code: 'RELEASE_NUMBERS',
    change: inFirstNumber({ levelPpm: 999_999 }),
  },
  {
    name: 'a sensitivity that is too small',
    code: 'RELEASE_NUMBERS',
    change: inFirstNumber({ sensitivity: 2 }),
  },
  {
    name: 'a law that is not the one that was paid for',
    code: 'RELEASE_NUMBERS',
    change: inFirstNumber({ law: { kind: 'discrete-laplace', scale: { num: 1, den: 1 } } }),
  },
  {
    name: 'bounds of another width',
    code: 'RELEASE_NUMBERS',
    change: inCertificate({ bounds: { element: 'age', min: 0, max: 9, unit: 'years' } }),
  },
  {
    name: 'bounds of an element that was not measured',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ bounds: { element: 'income', min: 0, max: 110, unit: 'years' } }),
  },
  {
    name: 'no bounds for a measured element',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ bounds: null }),
  },
  {
    name: 'less epsilon than was spent',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ microEpsilon: 1 }),
  },
  {
    name: 'a delta that was not asked for',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ deltaExponent: 9 }),
  },
  {
    name: 'a method that goes with a delta',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ method: 'discrete-gaussian' }),
  },
  {
    name: 'a budget that does not add up',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ budget: { before: 300_000, after: 300_001 } }),
  },
  {
    name: 'silence about what the intervals leave out',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ notCovered: ['register-errors'] }),
  },
  {
    name: 'no provision on statistics',
    code: 'RELEASE_CERTIFICATE',
    change: inCertificate({ legalLine: [] }),
  },
]

const whole = makeRelease(
  sampleReleaseParts({ by: ['sex', 'band'], measure: { kind: 'variance', element: 'age' } }),
)

function refusal(json: JsonObject): string {
  try {
    parseRelease(canonicalBytes(json))
    return 'read'
  } catch (cause) {
    assert.ok(cause instanceof ReleaseError, String(cause))
    return cause.code
  }
}

for (const { name, code, change } of mutilations) {
  test(`refuses a release with ${name}: ${code}`, () => {
    const json = releaseJson(whole)
    assert.equal(refusal(json), 'read')
    assert.equal(refusal(change(json)), code)
  })
}

test('a question above the ceiling has no release, even where it adds up', () => {
  const parts = sampleReleaseParts({ microEpsilon: 500_001 })
  assert.throws(() => makeRelease(parts), { code: 'RELEASE_CERTIFICATE' })
})

test('each check holds something back alone: without it a mutilated release is read', () => {
  for (const left of releaseChecks) {
    const others = releaseChecks.filter((one) => one !== left)
    const passed = mutilations.filter(({ change, code }) => {
      const json = change(releaseJson(whole))
      const isRead = code !== 'RELEASE_MALFORMED'
      return isRead && checkRelease(json as unknown as typeof whole, others) === undefined
    })
    assert.ok(passed.length > 0, left.name)
  }
})

test('bytes that are not the canonical ones are refused', () => {
  const text = JSON.stringify(releaseJson(whole))
  assert.throws(() => parseRelease(new TextEncoder().encode(` ${text}`)), {
    code: 'RELEASE_MALFORMED',
  })
})

test('a signature is for one release and one key, and the digest is of the same bytes', () => {
  const seed = new Uint8Array(32).fill(7)
  const ed25519 = nobleEd25519
  const by = { key: ed25519.publicKey(seed), ed25519 }
  const bytes = releaseBytes(whole)
  const signature = signRelease(bytes, { keyId: 'tax/gateway/00000000', seed, ed25519 })
  assert.deepEqual(openSignedRelease(bytes, signature, by), whole)
  const other = releaseBytes(makeRelease(sampleReleaseParts()))
  assert.notEqual(releaseDigest(other), releaseDigest(bytes))
  for (const [release, value, key] of [
    [other, signature.value, by.key],
    [bytes, `A${signature.value.slice(1)}`, by.key],
    [bytes, 'no base64', by.key],
    [bytes, signature.value, ed25519.publicKey(new Uint8Array(32).fill(8))],
  ] as const) {
    assert.equal(isReleaseSigned(release, { value }, { key, ed25519 }), false)
    assert.throws(() => openSignedRelease(release, { ...signature, value }, { key, ed25519 }), {
      code: 'RELEASE_SIGNATURE',
    })
  }
})
