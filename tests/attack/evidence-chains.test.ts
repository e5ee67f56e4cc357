import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nobleEd25519 } from '../../src/crypto/index.ts'
import type { SubjectFile } from '../../src/log/verify/index.ts'
import { checkEvidence, type Evidence, parseEvidence } from '../../src/web/index.ts'
import { openOrganisation, periodMs, personNumber } from './chain-organisation.ts'

/** The evidence of a page that shows every question of the file, as the person's page gathers it. */
function evidenceOf({ chain, policy, vkeys, madeAtMs }: SubjectFile): Evidence {
  const disclosures = chain.links.map(({ entry }) => {
    const record: Record<string, never> = JSON.parse(entry.record ?? '{}')
    return {
      atMs: record['timeMs'] ?? 0,
      consumer: 'housing',
      provider: 'tax',
      purpose: 'https://cloison.eu/purpose/service',
      legalBasis: ['eu-gdpr:A6-1-e'],
      elements: ['income_below_limit'],
      outcome: 'permit' as const,
      code: null,
      entryIndex: entry.index,
      origin: entry.origin,
      leaf: entry.leaf,
      r: entry.r ?? '',
      record: entry.record ?? '',
      proof: entry.proof,
      consistency: null,
    }
  })
  const made = { kind: 'cloison/evidence' as const, v: 2 as const, madeAtMs, vkeys, policy }
  return { ...made, heads: [], disclosures, chains: [chain] }
}

async function usualFile(): Promise<SubjectFile> {
  const organisation = await openOrganisation()
  for (const place of [1, 2, 1, 1]) await organisation.record(personNumber(place))
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  return organisation.fileFor(personNumber(1))
}

test('the check of the page says up to when the entries are all, also in a browser', async () => {
  const evidence = evidenceOf(await usualFile())
  const read = parseEvidence(JSON.stringify(evidence))
  assert.deepEqual(read, evidence)
  const { state, chains } = checkEvidence(evidence, nobleEd25519)
  assert.equal(state, 'holds')
  assert.deepEqual(
    chains.map(({ organisation, reason }) => [organisation, reason]),
    [['tax', 'all entries']],
  )
  assert.ok((chains[0]?.upToMs ?? 0) > 1_800_000_000_000)
})

test('an entry that is in the chain and not on the page is found, and so is one that is in neither', async () => {
  const evidence = evidenceOf(await usualFile())
  const { disclosures, chains } = evidence
  const unshown = checkEvidence({ ...evidence, disclosures: disclosures.slice(1) }, nobleEd25519)
  assert.deepEqual([unshown.state, unshown.chains[0]?.reason], ['fails', 'SHOWN_INCOMPLETE'])
  const [chain] = chains
  assert.ok(chain !== undefined)
  const shorter = [{ ...chain, links: chain.links.slice(0, -1) }]
  const hidden = { ...evidence, disclosures: disclosures.slice(0, -1), chains: shorter }
  assert.equal(checkEvidence(hidden, nobleEd25519).state, 'fails')
  // Without the chain nobody could tell.
  const silent = { ...hidden, chains: [] }
  assert.equal(checkEvidence(silent, nobleEd25519).state, 'holds')
})

test('evidence of the first version, without chains, is read and proves what it did', async () => {
  const { chains, ...rest } = evidenceOf(await usualFile())
  assert.equal(chains.length, 1)
  const read = parseEvidence(JSON.stringify({ ...rest, v: 1 }))
  assert.ok(read !== undefined)
  assert.deepEqual([read.v, read.chains], [2, []])
  assert.equal(checkEvidence(read, nobleEd25519).state, 'holds')
})
