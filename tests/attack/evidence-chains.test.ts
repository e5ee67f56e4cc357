import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { logVerifyCommand } from '../../src/cli/index.ts'
import { nobleEd25519 } from '../../src/crypto/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../src/log/index.ts'
import type { SubjectFile } from '../../src/log/verify/index.ts'
import { checkEvidence, type Evidence, parseEvidence, showsAll } from '../../src/web/index.ts'
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

/** The key of a log of which the evidence says nothing. */
const otherKey = formatVerifierKey(
  'social.example/log/2026h2',
  SIGNATURE_TYPES.ed25519,
  nobleEd25519.publicKey(new Uint8Array(32).fill(9)),
)

/** What `cloison log verify` says about a file with this evidence. */
async function told(evidence: Evidence): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-evidence-'))
  const file = join(folder, 'who-asked-about-me.json')
  writeFileSync(file, JSON.stringify(evidence))
  let out = ''
  const io = { isTty: false, env: {}, now: () => 0, stderr: () => undefined, exit: () => undefined }
  try {
    const command = logVerifyCommand({ ...io, stdout: (text) => void (out += text) })
    await command.parseAsync([file], { from: 'user' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return out
}

/** Evidence of somebody about whom nobody asked. */
async function evidenceOfNobody(): Promise<Evidence> {
  const organisation = await openOrganisation()
  await organisation.record(personNumber(2))
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  return evidenceOf(await organisation.fileFor(personNumber(9)))
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
  // Without the chain nobody could tell: what is there holds, and all there is is not claimed.
  const silent = checkEvidence({ ...hidden, chains: [] }, nobleEd25519)
  assert.equal(silent.state, 'holds')
  assert.deepEqual(silent.unshown, ['housing', 'tax'])
  assert.ok(!showsAll(silent))
})

test('an organisation that shows no chain is named by the keys, also where the file is silent about it', async () => {
  const evidence = await evidenceOfNobody()
  const { unshown } = checkEvidence(evidence, nobleEd25519)
  assert.deepEqual(unshown, [])
  const withKey = `${evidence.vkeys}${otherKey}\n`
  const report = checkEvidence({ ...evidence, vkeys: withKey }, nobleEd25519)
  assert.deepEqual([report.state, report.unshown], ['holds', ['social']])
})

test('chains of two people are none of one person', async () => {
  const [one, other] = [evidenceOf(await usualFile()), await evidenceOfNobody()]
  const chains = [...one.chains, ...other.chains]
  const report = checkEvidence({ ...one, chains }, nobleEd25519)
  assert.equal(report.state, 'fails')
  assert.ok(report.chains.every(({ reason }) => reason === 'SUBJECTS_DIFFER'))
})

test('the command says of each organisation up to which entry nothing is missing, or that nothing shows it', async () => {
  const evidence = await evidenceOfNobody()
  const whole = await told(evidence)
  assert.match(whole, /is good: 0 receipts, each proven, and nothing is missing up to the entries/)
  assert.match(
    whole,
    /list of tax: nothing is missing up to the first \d+ entries of tax\.example\/log\/2026h2, 20/,
  )
  const silent = await told({ ...evidence, chains: [] })
  assert.doesNotMatch(silent, /is good/)
  assert.match(silent, /does not show that nothing is missing/)
  assert.match(silent, /list of tax: nothing shows whether entries are missing/)
  const half = await told(evidenceOf(await usualFile()))
  assert.match(half, /list of tax: nothing is missing up to the first/)
  assert.match(half, /list of housing: nothing shows whether entries are missing/)
  assert.doesNotMatch(half, /is good/)
})

test('evidence of the first version, without chains, is read and proves what it did', async () => {
  const { chains, ...rest } = evidenceOf(await usualFile())
  assert.equal(chains.length, 1)
  const read = parseEvidence(JSON.stringify({ ...rest, v: 1 }))
  assert.ok(read !== undefined)
  assert.deepEqual([read.v, read.chains], [2, []])
  assert.equal(checkEvidence(read, nobleEd25519).state, 'holds')
})
