import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { canonicalBytes } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import {
  directoryNowMs as nowMs,
  sampleKey,
  directoryPublicKey,
  sampleRecord,
  directorySeed,
} from '../../testing/index.ts'
import { parseOrganisationId } from '../organisation-id.ts'
import {
  type AcceptedRecord,
  defaultDirectoryLocks as locks,
  type DirectoryJudgement,
  type DirectoryKey,
  type DirectoryRecord,
  type DirectoryVerdict,
  judgeDirectoryRecord,
  longestValidityMs,
  signRecovery,
  signSuccession,
} from './index.ts'

const ed25519 = bestEd25519()
const tax = parseOrganisationId('tax')
const nobody = { rootKeyOf: () => undefined, inspectorKeysOf: () => [] }

function judgement(change: Partial<DirectoryJudgement> = {}): DirectoryJudgement {
  return {
    organisation: tax,
    rootKey: directoryPublicKey(1),
    history: [],
    othersKeys: new Set(),
    locks,
    nowMs,
    ed25519,
    recovery: nobody,
    ...change,
  }
}

const accepted = (record: DirectoryRecord, acceptedAtMs = nowMs): AcceptedRecord => ({
  record,
  acceptedAtMs,
})

function judge(record: DirectoryRecord, change: Partial<DirectoryJudgement> = {}): string {
  return said(judgeDirectoryRecord(canonicalBytes(record), judgement(change)))
}

function said(verdict: DirectoryVerdict): string {
  return verdict.state === 'refused' ? verdict.code : verdict.state
}

const successor = (number: number, by = 2): DirectoryKey =>
  signSuccession(tax, sampleKey(number), { key: sampleKey(by), seed: directorySeed(by) }, ed25519)

test('a first record is accepted under the root that people compared, and under no other', () => {
  assert.equal(judge(sampleRecord()), 'acceptable')
  assert.equal(judge(sampleRecord({}, 9)), 'ROOT_UNKNOWN')
  assert.equal(
    judge(sampleRecord(), { organisation: parseOrganisationId('social') }),
    'RECORD_OF_ANOTHER',
  )
})

test('any byte changed in a signed record is refused', () => {
  const bytes = canonicalBytes(sampleRecord())
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
      const changed = bytes.slice()
      changed[place] = (changed[place] ?? 0) ^ flip
      const verdict = judgeDirectoryRecord(changed, judgement())
      assert.equal(verdict.state, 'refused')
    }),
    { numRuns: 300 },
  )
})

test('versions go up: the same is known, a lower one is rolled back, another of the same number is a fork', () => {
  const second = sampleRecord({ version: 2 })
  const history = [accepted(sampleRecord()), accepted(second)]
  assert.equal(judge(second, { history }), 'known')
  assert.equal(judge(sampleRecord(), { history }), 'RECORD_ROLLED_BACK')
  assert.equal(judge(sampleRecord({ version: 2, name: 'Tax' }), { history }), 'RECORD_FORKED')
  assert.equal(judge(sampleRecord({ version: 3 }), { history }), 'acceptable')
  assert.equal(judge(sampleRecord({ version: 1_003 }), { history }), 'VERSION_SKIPPED')
})

test('a record counts from its issue to its end', () => {
  const past = { issuedAtMs: nowMs - 2_000, validUntilMs: nowMs }
  assert.equal(judge(sampleRecord(past)), 'RECORD_NOT_VALID')
  assert.equal(judge(sampleRecord({ issuedAtMs: nowMs + 300_001 })), 'RECORD_NOT_VALID')
  const long = { issuedAtMs: nowMs, validUntilMs: nowMs + longestValidityMs + 1 }
  assert.equal(judge(sampleRecord(long)), 'RECORD_MALFORMED')
})

test('a key in two uses, twice, or of another organisation is refused', () => {
  const twice = sampleRecord({ keys: [sampleKey(2), sampleKey(2, { use: 'dpo' })] })
  assert.equal(judge(twice), 'RECORD_MALFORMED')
  assert.equal(judge(sampleRecord({ keys: [sampleKey(2), sampleKey(2)] })), 'RECORD_MALFORMED')
  assert.equal(judge(sampleRecord({ keys: [sampleKey(1)] })), 'RECORD_MALFORMED', 'the root itself')
  const othersKeys = new Set([directoryPublicKey(2)])
  assert.equal(judge(sampleRecord(), { othersKeys }), 'KEY_SHARED')
  const log = (origin: string): DirectoryKey => sampleKey(3, { use: 'log', name: origin })
  const shards = sampleRecord({ keys: [log('tax.example/log/a'), log('tax.example/log/b')] })
  assert.equal(judge(shards), 'acceptable', 'but a log goes on under its next origin')
})

test('a key bears a name if and only if its use has one', () => {
  assert.equal(judge(sampleRecord({ keys: [sampleKey(2, { name: 'x' })] })), 'RECORD_MALFORMED')
  assert.equal(judge(sampleRecord({ keys: [sampleKey(2, { use: 'case' })] })), 'RECORD_MALFORMED')
})

test('unknown members, http addresses of other machines and paths are refused', () => {
  for (const url of [
    'http://tax.example',
    'https://tax.example/',
    'https://u@tax.example',
    'ftp://x',
  ])
    assert.equal(judge(sampleRecord({ url })), 'RECORD_MALFORMED', url)
  assert.equal(judge(sampleRecord({ url: 'http://127.0.0.1:8411' })), 'acceptable')
  const more = { ...sampleRecord(), list: true }
  assert.equal(said(judgeDirectoryRecord(canonicalBytes(more), judgement())), 'RECORD_MALFORMED')
})

test('a new key needs the word of an earlier one of its use that is not revoked', () => {
  const history = [accepted(sampleRecord())]
  const next = (keys: readonly DirectoryKey[], revoked: readonly number[] = []): string =>
    judge(
      sampleRecord({
        version: 2,
        keys,
        revoked: revoked.map((number) => ({
          use: 'gateway',
          name: null,
          publicKey: directoryPublicKey(number),
          revokedAtMs: nowMs,
        })),
      }),
      { history },
    )
  assert.equal(next([sampleKey(2), successor(3)]), 'acceptable')
  assert.equal(next([sampleKey(2), sampleKey(3)]), 'SUCCESSION_MISSING')
  assert.equal(next([sampleKey(2), successor(3, 4)]), 'SUCCESSION_MISSING', 'by a key unknown here')
  const stretched = { ...successor(3), notAfterMs: nowMs + 999 * 86_400_000 }
  assert.equal(next([sampleKey(2), stretched]), 'SUCCESSION_MISSING', 'its validity is signed too')
  assert.equal(next([sampleKey(3)], [2]), 'acceptable', 'the last one is revoked: the root alone')
  assert.equal(next([sampleKey(2), sampleKey(3)], [4]), 'SUCCESSION_MISSING')
  const dpo = sampleKey(5, { use: 'dpo' })
  assert.equal(next([sampleKey(2), dpo]), 'acceptable', 'the first of its use')
})

test('what is revoked stays revoked and does not come back', () => {
  const revoked = [
    { use: 'gateway' as const, name: null, publicKey: directoryPublicKey(2), revokedAtMs: nowMs },
  ]
  const history = [accepted(sampleRecord({ keys: [sampleKey(3)], revoked }))]
  assert.equal(
    judge(sampleRecord({ version: 2, keys: [sampleKey(3)] }), { history }),
    'REVOCATION_WITHDRAWN',
  )
  const back = sampleRecord({ version: 2, keys: [sampleKey(2), sampleKey(3)], revoked })
  assert.equal(judge(back, { history }), 'RECORD_MALFORMED')
})

const vouchers = new Map([
  ['social', 21],
  ['health', 22],
  ['inspector', 23],
])

function recovered(
  by: readonly (readonly [string, 'organisation' | 'inspector'])[],
  version = 2,
): DirectoryRecord {
  const subject = {
    organisation: tax,
    previousRootKey: directoryPublicKey(1),
    rootKey: directoryPublicKey(31),
    version,
  }
  const statements = by.map(([id, as]) =>
    signRecovery(
      subject,
      {
        organisation: parseOrganisationId(id),
        as,
        seed: directorySeed((vouchers.get(id) ?? 99) + (as === 'inspector' ? 20 : 0)),
      },
      ed25519,
    ),
  )
  return sampleRecord(
    { version, recovery: { previousRootKey: subject.previousRootKey, statements } },
    31,
  )
}

const recovery: DirectoryJudgement['recovery'] = {
  rootKeyOf: (id) => directoryPublicKey(vouchers.get(id) ?? 98),
  inspectorKeysOf: (id) => (id === 'inspector' ? [directoryPublicKey(43)] : []),
}

test('a lost root needs two other organisations and an inspector', () => {
  const history = [accepted(sampleRecord())]
  const say = (by: Parameters<typeof recovered>[0]): string =>
    judge(recovered(by), { history, recovery })
  const [social, health, inspector] = [
    ['social', 'organisation'],
    ['health', 'organisation'],
    ['inspector', 'inspector'],
  ] as const
  assert.equal(say([social, health, inspector]), 'acceptable')
  assert.equal(say([social, social, inspector]), 'RECOVERY_INVALID', 'one of them twice')
  assert.equal(say([social, health, ['inspector', 'organisation']]), 'RECOVERY_INVALID')
  assert.equal(
    say([social, inspector, ['inspector', 'organisation']]),
    'RECOVERY_INVALID',
    'two hats',
  )
  assert.equal(say([social, ['tax', 'organisation'], inspector]), 'RECOVERY_INVALID', 'itself')
  assert.equal(say([social, health, ['social', 'inspector']]), 'RECOVERY_INVALID', 'no inspector')
  assert.equal(judge(recovered([social, health, inspector]), { recovery }), 'acceptable')
  assert.equal(
    judge(recovered([social, health, inspector]), { recovery, rootKey: directoryPublicKey(5) }),
    'RECOVERY_INVALID',
    'of another root than the accepted one',
  )
})

test('while a recovery waits, the old root still signs, and by that ends it', () => {
  const waiting = recovered([
    ['social', 'organisation'],
    ['health', 'organisation'],
    ['inspector', 'inspector'],
  ])
  const history = [accepted(sampleRecord(), nowMs - 10), accepted(waiting, nowMs)]
  assert.equal(judge(sampleRecord({ version: 3 }, 31), { history, recovery }), 'ROOT_UNKNOWN')
  const later = nowMs + locks.rootMs
  assert.equal(judge(sampleRecord({ version: 3 }, 31), { history, nowMs: later }), 'acceptable')
  assert.equal(judge(sampleRecord({ version: 3 }), { history, nowMs: later }), 'ROOT_UNKNOWN')
  assert.equal(judge(sampleRecord({ version: 3 }), { history }), 'acceptable', 'it was not lost')
  const overtaken = [...history, accepted(sampleRecord({ version: 3 }), nowMs + 1)]
  assert.equal(
    judge(sampleRecord({ version: 4 }, 31), { history: overtaken, nowMs: later }),
    'ROOT_UNKNOWN',
  )
})
