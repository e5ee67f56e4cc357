import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { nobleEd25519 } from '../crypto/index.ts'
import type { CaseClaim, CaseGrant, CaseSource } from '../person/index.ts'
import { systemClock } from '../platform/index.ts'
import { readCaseToken } from '../protocol/index.ts'
import type { CaseTokenClaims } from '../protocol/index.ts'

/** One row of the contract's cases: a case, an official who works on it, a party. */
export interface ContractCaseRow {
  readonly reference: string
  readonly official: string
  readonly nin: string | null
  readonly isOpen: boolean | null
  readonly purpose: string
  readonly isKin: boolean
  readonly isBystander: boolean
}

const purpose = 'https://cloison.eu/purpose/service'
const usual = { purpose, isOpen: true, isKin: false, isBystander: false }

/** The cases that every case source of the contract has. */
export const contractCases: readonly ContractCaseRow[] = [
  { ...usual, reference: 'RS-1', official: 'official-1', nin: '0000000197' },
  { ...usual, reference: 'RS-1', official: 'official-1', nin: '0000000294', isBystander: true },
  { ...usual, reference: 'RS-1', official: 'official-2', nin: '0000000197', isKin: true },
  { ...usual, reference: 'RS-2', official: 'official-1', nin: '0000000197', isOpen: false },
  { ...usual, reference: 'RS-3', official: 'official-1', nin: null },
  { ...usual, reference: 'RS-4', official: 'official-1', nin: '0000000197', isOpen: null },
  { ...usual, reference: 'RS-5', official: 'official-1', nin: '0000000197' },
  { ...usual, reference: 'RS-5', official: 'official-2', nin: '0000000294', isOpen: false },
  { ...usual, reference: '7', official: '1', nin: '12' },
]

/** The columns of the contract's cases, as {@link contractCases} has its members. */
export const contractCaseDescription = {
  v: 1,
  table: 'cases',
  reference: 'reference',
  official: 'official',
  subject: { column: 'nin', scheme: { value: 'demo-nin' } },
  open: 'is_open',
  purpose: { column: 'purpose' },
  kin: 'is_kin',
  bystander: 'is_bystander',
} as const

/** Whose signature the tokens of a case source under the contract bear. */
export interface ContractCaseSource extends AsyncDisposable {
  readonly source: CaseSource
  readonly issuer: string
  readonly publicKey: Uint8Array
}

const claim: CaseClaim = {
  reference: 'RS-1',
  official: 'official-1',
  officialPseudonym: 'p-7f3a',
  provider: 'tax',
  subject: { scheme: 'demo-nin', value: '0000000197' },
  purpose,
}
const person = (value: string): Partial<CaseClaim> => ({ subject: { scheme: 'demo-nin', value } })

const refusals: readonly (readonly [string, Partial<CaseClaim>])[] = [
  ['CASE_REQUIRED', { reference: 'RS-9' }],
  ['CASE_REQUIRED', { reference: 'rs-1' }],
  ['CASE_REQUIRED', { reference: 'RS-' }],
  ['CASE_REQUIRED', { reference: 'RS-%' }],
  ['CASE_REQUIRED', { reference: 'RS-1 ' }],
  ['CASE_REQUIRED', { reference: `' OR true --` }],
  ['CASE_REQUIRED', { reference: '07', official: '1', ...person('12') }],
  ['OFFICIAL_NOT_ASSIGNED', { official: 'official-3' }],
  ['OFFICIAL_NOT_ASSIGNED', { official: 'Official-1' }],
  ['OFFICIAL_NOT_ASSIGNED', { reference: '7', official: '01', ...person('12') }],
  ['OFFICIAL_NOT_ASSIGNED', { reference: 'RS-2', official: 'official-2' }],
  ['CASE_CLOSED', { reference: 'RS-2' }],
  ['CASE_CLOSED', { reference: 'RS-2', ...person('0000000391') }],
  ['CASE_CLOSED', { reference: 'RS-4' }],
  ['CASE_CLOSED', { reference: 'RS-5' }],
  ['SUBJECT_NOT_PARTY', person('0000000391')],
  ['SUBJECT_NOT_PARTY', { subject: { scheme: 'other', value: '0000000197' } }],
  ['SUBJECT_NOT_PARTY', { reference: 'RS-3' }],
  ['SUBJECT_NOT_PARTY', { official: 'official-2', ...person('0000000294') }],
  ['SUBJECT_NOT_PARTY', { reference: '7', official: '1', ...person('012') }],
]

async function claimsOf(
  { publicKey, issuer }: ContractCaseSource,
  grant: CaseGrant,
  audience = 'tax',
): Promise<CaseTokenClaims> {
  assert.ok(grant.state === 'granted', JSON.stringify(grant))
  const expected = { issuer, publicKey, audience, nowMs: systemClock.now(), ed25519: nobleEd25519 }
  const read = await readCaseToken(grant.token, expected)
  assert.ok(read.state === 'valid', read.state)
  return read.claims
}

/** The suite that every case source passes on {@link contractCases}. */
export function caseContract(name: string, open: () => Promise<ContractCaseSource>): void {
  describe(`a case source, ${name}`, () => {
    let opened: ContractCaseSource | undefined
    const running = (): ContractCaseSource => {
      assert.ok(opened !== undefined)
      return opened
    }
    const grant = (change: Partial<CaseClaim> = {}): Promise<CaseGrant> =>
      running().source.grant({ ...claim, ...change })
    before(async () => {
      opened = await open()
    })
    after(() => opened?.[Symbol.asyncDispose]())

    test('vouches for an open case, its official and a party to it, for ten minutes', async () => {
      const { exp, iat, ...claims } = await claimsOf(running(), await grant())
      assert.equal(exp - iat, 600)
      assert.deepEqual(claims, {
        iss: running().issuer,
        aud: 'tax',
        case: 'RS-1',
        subject: claim.subject,
        official: 'p-7f3a',
        purpose,
        open: true,
      })
    })

    test("binds the official's pseudonym and the provider that were asked for", async () => {
      const other = { officialPseudonym: 'q-0001', provider: 'social' }
      const claims = await claimsOf(running(), await grant(other), 'social')
      assert.deepEqual([claims.official, claims.aud], ['q-0001', 'social'])
    })

    test('says that official and party are related, about these two alone', async () => {
      const related = await claimsOf(running(), await grant({ official: 'official-2' }))
      assert.equal(related.kin, true)
      assert.equal((await claimsOf(running(), await grant())).kin, undefined)
    })

    test('says who appears because of another person, and of nobody else', async () => {
      const said = async (to = {}) => (await claimsOf(running(), await grant(to))).bystander
      assert.deepEqual([await said(person('0000000294')), await said()], [true, undefined])
    })

    test('gives the first reason why a case does not hold, and matches texts exactly', async () => {
      for (const [code, change] of refusals) {
        const reply = await grant(change)
        assert.deepEqual(reply, { state: 'refused', code }, JSON.stringify(change))
      }
    })

    test('answers many claims at once, each its own', async () => {
      const replies = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          grant(index % 2 === 0 ? {} : { reference: 'RS-2' }),
        ),
      )
      const states = replies.map(({ state }) => state)
      assert.deepEqual(
        states,
        states.map((_, index) => (index % 2 === 0 ? 'granted' : 'refused')),
      )
    })
  })
}
