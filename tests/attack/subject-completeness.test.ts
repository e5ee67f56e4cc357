import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase64, encodeBase64 } from '../../src/bytes/index.ts'
import { chainLink, type EpochMap, readEntry, receiptUnder } from '../../src/log/index.ts'
import {
  type ChainChecks,
  chainChecks,
  describeSubjectProblem,
  entryJudge,
  parseSubjectFile,
  policyWithKeys,
  type ProvenEntry,
  type SubjectFile,
  verifySubjectChain,
  verifySubjectFile,
} from '../../src/log/verify/index.ts'
import { chainRules, computeEpochMap } from '../../src/oversight/index.ts'
import { subjectHandles } from '../../src/person/index.ts'
import { aesGcm, bestEd25519, sodiumEdwards, systemRandomness } from '../../src/platform/index.ts'
import {
  addHonestly,
  type ChainOrganisation,
  commitmentAt,
  openOrganisation,
  origin,
  periodMs,
  personNumber,
  recordKeys,
  unchainedRecord,
} from './chain-organisation.ts'

const ed25519 = bestEd25519()
const ann = personNumber(1)
const ben = personNumber(2)

/** What a verifier says that leaves out a check, or none: `whole`, or the code of what it found. */
function verdictOf(file: SubjectFile, without: Partial<ChainChecks> = {}): string {
  const judge = entryJudge({ policy: policyWithKeys(file.policy, file.vkeys), ed25519 })
  const verdict = verifySubjectChain(file.chain, judge, { ...chainChecks, ...without })
  return verdict.ok ? 'whole' : verdict.code
}

/** Three entries about Ann and two about Ben, and an epoch over them. */
async function usualOrganisation(): Promise<ChainOrganisation> {
  const organisation = await openOrganisation()
  for (const who of [ann, ben, ann, ben, ann]) await organisation.record(who)
  organisation.clock.nowMs += periodMs
  assert.equal(await organisation.closeEpoch(), 'closed')
  return organisation
}

test('an honest file is whole, for those with entries, with newer ones, and with none', async () => {
  const organisation = await usualOrganisation()
  const file = await organisation.fileFor(ann)
  const verdict = verifySubjectFile(file, { ed25519 })
  assert.ok(verdict.ok)
  assert.deepEqual([verdict.records.length, verdict.newer, verdict.size], [3, 0, 5])
  await organisation.record(ann)
  const newer = verifySubjectFile(await organisation.fileFor(ann), { ed25519 })
  assert.ok(newer.ok)
  assert.deepEqual([newer.records.length, newer.newer], [4, 1])
  const nobody = await organisation.fileFor(personNumber(3))
  assert.equal(nobody.chain.map.state, 'absent')
  assert.equal(verdictOf(nobody), 'whole')
  assert.deepEqual((await organisation.check()).flaws, [])
})

test('an organisation that drops the newest entry is found, and only by the map', async () => {
  const organisation = await usualOrganisation()
  const file = await organisation.fileFor(ann)
  const { map, links } = file.chain
  assert.ok(map.state === 'present')
  const dropped = { ...file.chain, links: links.slice(0, -1) }
  const counted = { ...dropped, map: { ...map, count: map.count - 1 } }
  assert.equal(verdictOf({ ...file, chain: dropped }), 'CHAIN_GAP')
  assert.equal(verdictOf({ ...file, chain: counted }), 'MAP_WRONG')
  assert.equal(verdictOf({ ...file, chain: counted }, { isInMap: () => true }), 'whole')
})

test('an organisation that says there is nothing about a person is found, and only by the map', async () => {
  const organisation = await usualOrganisation()
  const file = await organisation.fileFor(ann)
  const stranger = await organisation.fileFor(personNumber(9))
  const { map } = stranger.chain
  const chain = { ...file.chain, map, links: [] }
  assert.equal(verdictOf({ ...file, chain }), 'MAP_WRONG')
  assert.equal(verdictOf({ ...file, chain }, { isInMap: () => true }), 'whole')
})

test('an organisation that leaves out, swaps or changes an entry in between is found', async () => {
  const organisation = await usualOrganisation()
  const file = await organisation.fileFor(ann)
  const [first, second, third] = file.chain.links
  assert.ok(first !== undefined && second !== undefined && third !== undefined)
  const withLinks = (...links: SubjectFile['chain']['links']): SubjectFile => ({
    ...file,
    chain: { ...file.chain, links },
  })
  assert.equal(verdictOf(withLinks(first, third)), 'CHAIN_GAP')
  assert.equal(verdictOf(withLinks(second, third)), 'CHAIN_GAP')
  assert.equal(verdictOf(withLinks(first, third, second)), 'CHAIN_GAP')
  // Numbered and linked anew, the chain would be of one piece: its own records tell it is not.
  const closed = { ...third, seq: 1, prev: second.prev }
  const { map } = file.chain
  assert.ok(map.state === 'present')
  const shorter = { ...file.chain, map: { ...map, count: 2 }, links: [first, closed] }
  assert.equal(verdictOf({ ...file, chain: shorter }), 'LINK_WRONG')
  const blind = { opensLink: () => true, isInMap: () => true }
  assert.equal(verdictOf({ ...file, chain: shorter }, blind), 'whole')
  const benFile = await organisation.fileFor(ben)
  const [foreign] = benFile.chain.links
  assert.ok(foreign !== undefined)
  assert.equal(verdictOf(withLinks(foreign, second, third)), 'LINK_WRONG')
})

test('an organisation that keeps two handles for a person is found, and only by the proof of the handle', async () => {
  const organisation = await openOrganisation()
  const second = subjectHandles(systemRandomness.bytes(32), sodiumEdwards())
  await organisation.record(ann)
  // What Ann is not to see is kept under another handle of hers, in the same log and the same map.
  await organisation.act((tx, batch) => addHonestly(tx, batch, { subject: ann, subjects: second }))
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  const shown = await organisation.fileFor(ann)
  assert.equal(verdictOf(shown), 'whole')
  // The chain under the second handle is as whole as the first, but cannot be proven to be Ann's;
  // nor could the first be, had the organisation the second handle for the true one.
  const hidden = await organisation.fileFor(ann, second)
  const handle = decodeBase64(second.handleOf(ann))
  assert.equal(verdictOf(hidden), 'HANDLE_UNPROVEN')
  const stolenProof = { ...hidden.chain, handleProof: shown.chain.handleProof }
  assert.notEqual(verdictOf({ ...hidden, chain: stolenProof }), 'whole')
  const honestMap = await newestMap(organisation)
  const proof = honestMap.prove(handle)
  assert.ok(proof.state === 'present')
  const map = {
    state: 'present' as const,
    count: 1,
    blinding: encodeBase64(proof.blinding),
    siblings: proof.siblings.map(encodeBase64),
  }
  const cheating = { ...hidden, chain: { ...hidden.chain, map } }
  assert.equal(verdictOf(cheating), 'HANDLE_UNPROVEN')
  assert.equal(verdictOf(cheating, { handle: () => handle }), 'whole')
})

async function newestMap(organisation: ChainOrganisation): Promise<EpochMap> {
  const row = await organisation.reader.newestEpoch()
  assert.ok(row !== undefined)
  const context = { epoch: row.number, origin: row.place.origin, size: row.size }
  const { reader, subjects } = organisation
  return computeEpochMap(context, row.salt, { reader, subjects, timers: { sleep: async () => {} } })
}

test('a second key of handles cannot be brought in with a later epoch', async () => {
  const organisation = await usualOrganisation()
  organisation.clock.nowMs += periodMs
  const second = subjectHandles(systemRandomness.bytes(32), sodiumEdwards())
  assert.equal(await organisation.closeEpoch(second), 'another-key')
})

test('an organisation that forks a chain is found by whom it shows the branch that is not in the map', async () => {
  const organisation = await openOrganisation()
  await organisation.record(ann)
  const handle = organisation.subjects.handleOf(ann)
  // Two entries about Ann behind the same one: the first is chained, the second shown to her.
  const shadow: { c: Uint8Array; index: number; prev: string }[] = []
  await organisation.act(async (tx, batch) => {
    const end = await tx.chainEnd(handle, 'open')
    assert.ok(end !== undefined)
    const c = systemRandomness.bytes(32)
    const link = chainLink(c, { chain: 'open', seq: 1, prev: end.commitment })
    const { index } = batch.add(unchainedRecord(batch.timeMs, encodeBase64(link)))
    shadow.push({ c, index, prev: end.commitment })
  })
  await organisation.record(ann)
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  const [branch] = shadow
  assert.ok(branch !== undefined)
  const file = await organisation.fileFor(ann)
  const other = await shownAt(organisation, branch.index)
  const forged = { seq: 1, prev: branch.prev, c: encodeBase64(branch.c), entry: other }
  const [first] = file.chain.links
  assert.ok(first !== undefined)
  const chain = { ...file.chain, links: [first, forged] }
  assert.equal(verdictOf(file), 'whole')
  assert.equal(verdictOf({ ...file, chain }), 'MAP_WRONG')
  assert.equal(verdictOf({ ...file, chain }, { isInMap: () => true }), 'whole')
  const found = await organisation.check()
  assert.deepEqual(found.flaws, [{ code: 'NOT_CHAINED', place: { origin, index: branch.index } }])
  const blind = chainRules.filter(({ code }) => code !== 'NOT_CHAINED')
  assert.deepEqual((await organisation.check(blind)).flaws, [])
})

/** An entry as the organisation would show it, opened and with its receipt. */
async function shownAt(organisation: ChainOrganisation, index: number): Promise<ProvenEntry> {
  const { reader } = organisation
  const entry = await readEntry(reader, index, { aead: aesGcm(systemRandomness), recordKeys })
  assert.ok(entry !== undefined)
  const size = organisation.disk.tables.head?.size ?? 0
  const checkpoint = await organisation.checkpoint()
  return {
    origin,
    index,
    leaf: encodeBase64(entry.leaf),
    r: encodeBase64(entry.r),
    record: entry.record,
    proof: await receiptUnder(reader, index, { checkpoint, size }),
  }
}

test('an entry that is hidden in the withheld chain is found by the inspector', async () => {
  const organisation = await openOrganisation()
  await organisation.record(ann)
  const hidden: number[] = []
  // The record says that Ann is told at once; the chain is the one that she is not shown.
  await organisation.act(async (tx, batch) => {
    const handle = organisation.subjects.handleOf(ann, 'withheld')
    const c = systemRandomness.bytes(32)
    const link = chainLink(c, { chain: 'withheld', seq: 0, prev: null })
    const entry = batch.add(unchainedRecord(batch.timeMs, encodeBase64(link)))
    hidden.push(entry.index)
    await tx.saveChain({
      place: { origin, index: entry.index },
      subjectHandle: handle,
      chain: 'withheld',
      seq: 0,
      commitment: encodeBase64(entry.commitment),
      prev: undefined,
      c,
    })
  })
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  assert.equal(verdictOf(await organisation.fileFor(ann)), 'whole', 'she cannot see it')
  const [index = -1] = hidden
  const { flaws } = await organisation.check()
  assert.deepEqual(flaws, [{ code: 'WRONG_CHAIN', place: { origin, index } }])
  const blind = chainRules.filter(({ code }) => code !== 'WRONG_CHAIN')
  assert.deepEqual((await organisation.check(blind)).flaws, [])
})

test('every other way to chain an entry wrongly is found by the inspector, each by a rule of its own', async () => {
  const cases: readonly [string, (organisation: ChainOrganisation) => void][] = [
    ['NOT_CHAINED', ({ disk }) => void disk.tables.chain.splice(1, 1)],
    [
      'COMMITMENT_DIFFERS',
      ({ disk }) => changeRow(disk, 1, { commitment: encodeBase64(new Uint8Array(32)) }),
    ],
    ['LINK_DIFFERS', ({ disk }) => changeRow(disk, 1, { c: new Uint8Array(32) })],
    ['PREVIOUS_DIFFERS', ({ disk }) => changeRow(disk, 1, { seq: 7 })],
    [
      'ROOT_DIFFERS',
      ({ disk }) => {
        const [epoch] = disk.tables.epochs
        if (epoch !== undefined) disk.tables.epochs = [{ ...epoch, salt: new Uint8Array(32) }]
      },
    ],
  ]
  for (const [code, spoil] of cases) {
    const organisation = await usualOrganisation()
    spoil(organisation)
    const { flaws } = await organisation.check()
    assert.ok(
      flaws.some((flaw) => flaw.code === code || flaw.code === 'LINK_DIFFERS'),
      code,
    )
    const others = chainRules.filter((rule) => rule.code === code)
    if (others.length > 0)
      assert.equal((await organisation.check(others)).flaws[0]?.code, code, `${code} alone`)
  }
})

function changeRow(
  disk: ChainOrganisation['disk'],
  at: number,
  change: Partial<ChainOrganisation['disk']['tables']['chain'][number]>,
): void {
  disk.tables.chain = disk.tables.chain.map((row, place) =>
    place === at ? { ...row, ...change } : row,
  )
}

test('an old epoch that is shown again is found: by its age, or by the map of the new one', async () => {
  const organisation = await usualOrganisation()
  const before = await organisation.fileFor(ann)
  await organisation.record(ann, { outcome: 'deny', kind: 'person.denied', code: 'CAP_EXCEEDED' })
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  const after = await organisation.fileFor(ann)
  // The proof of the old epoch under the entry of the new one.
  const mixed = { ...after.chain, map: before.chain.map, links: after.chain.links.slice(0, 3) }
  assert.equal(verdictOf({ ...after, chain: mixed }), 'MAP_WRONG')
  // All of the old epoch under the checkpoint of now, once its successors are long due.
  organisation.clock.nowMs += 2 * periodMs
  const epoch = await shownAt(organisation, before.chain.epoch.index)
  const stale = { ...before.chain, epoch }
  assert.equal(verdictOf({ ...before, chain: stale }), 'EPOCH_OLD')
  assert.equal(verdictOf({ ...before, chain: stale }, { isYoung: () => true }), 'whole')
})

test('a withheld entry changes nothing in what the person gets, and shows once its notice has opened', async () => {
  const organisation = await openOrganisation()
  await organisation.record(ann)
  await organisation.record(ben)
  const untilMs = organisation.clock.nowMs + 3 * periodMs
  const place = await organisation.record(ann, { notice: 'withheld', noticeUntilMs: untilMs })
  const hidden = personNumber(5)
  await organisation.record(hidden, { notice: 'withheld', noticeUntilMs: untilMs })
  organisation.clock.nowMs += periodMs
  await organisation.closeEpoch()
  const shape = (file: SubjectFile): unknown => [
    file.chain.map.state,
    file.chain.links.map(({ seq }) => seq),
    file.opened.length,
    verdictOf(file),
  ]
  assert.deepEqual(shape(await organisation.fileFor(ann)), shape(await organisation.fileFor(ben)))
  const nobody = await organisation.fileFor(personNumber(6))
  assert.deepEqual(shape(await organisation.fileFor(hidden)), shape(nobody))
  assert.equal(JSON.stringify(await organisation.fileFor(ann)).includes('withheld'), false)
  organisation.clock.nowMs = untilMs
  await organisation.closeEpoch()
  const opened = await organisation.fileFor(ann)
  assert.deepEqual(
    opened.opened.map(({ index }) => index),
    [place.index],
  )
  const verdict = verifySubjectFile(opened, { ed25519 })
  assert.ok(verdict.ok && verdict.opened === 1)
  const early = { ...opened, madeAtMs: untilMs - 1 }
  assert.equal(verifySubjectFile(early, { ed25519 }).ok, false)
  assert.equal(
    await commitmentAt(organisation, place),
    encodeBase64(decodeBase64(opened.opened[0]?.leaf ?? '').subarray(2)),
  )
})

/** Every text and number in a file that proves something, by its path. */
function proofBearing(file: SubjectFile): readonly (readonly string[])[] {
  const found: string[][] = []
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string' || typeof value === 'number') found.push([...path])
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name])
  }
  walk(file.chain, ['chain'])
  walk(file.opened, ['opened'])
  return found
}

function changed(value: unknown, at: number): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value !== 'string') return value
  const letter = value.charAt(at)
  return `${value.slice(0, at)}${letter === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`
}

type Holder = Record<string, unknown>

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null
}

/** The object that holds the last member of a path. */
function holderOf(file: SubjectFile, path: readonly string[]): Holder {
  let value: unknown = file
  for (const name of path.slice(0, -1)) value = isHolder(value) ? value[name] : undefined
  if (!isHolder(value)) throw new TypeError('a path leads through objects')
  return value
}

function withChange(file: SubjectFile, path: readonly string[], at: number): SubjectFile {
  const copy: SubjectFile = structuredClone(file)
  const [last = ''] = path.slice(-1)
  const holder = holderOf(copy, path)
  holder[last] = changed(holder[last], at)
  return copy
}

function valueAt(file: SubjectFile, path: readonly string[]): unknown {
  return holderOf(file, path)[path.at(-1) ?? '']
}

/** Every place at which a change is tried; in long texts every third, which meets each of their parts. */
function changesOf(file: SubjectFile): readonly (readonly [readonly string[], number])[] {
  return proofBearing(file).flatMap((path) => {
    const value = valueAt(file, path)
    const length = typeof value === 'string' ? value.length : 1
    const stride = length > 200 ? 3 : 1
    const count = Math.ceil(length / stride)
    return Array.from({ length: count }, (_, place) => [path, place * stride] as const)
  })
}

function assertFound(file: SubjectFile, what: string): void {
  const read = parseSubjectFile(JSON.stringify(file))
  if (read === 'malformed') return
  assert.ok(read !== undefined)
  const verdict = verifySubjectFile(read, { ed25519 })
  assert.ok(!verdict.ok, `${what} goes unnoticed`)
  assert.match(describeSubjectProblem(verdict), /^[A-Z].*\.$/)
}

test('a change of any one byte in what proves something is found, and the sentence names an entry', async () => {
  const organisation = await openOrganisation()
  const untilMs = organisation.clock.nowMs + periodMs
  for (const who of [ann, ben, ann]) await organisation.record(who)
  await organisation.record(ann, { notice: 'withheld', noticeUntilMs: untilMs })
  organisation.clock.nowMs = untilMs + 1000
  await organisation.closeEpoch()
  await organisation.record(ann)
  let tried = 0
  for (const who of [ann, personNumber(77)]) {
    const file = await organisation.fileFor(who)
    assert.equal(verifySubjectFile(file, { ed25519 }).ok, true)
    for (const [path, at] of changesOf(file)) {
      assertFound(withChange(file, path, at), `${path.join('.')} at ${at}`)
      tried += 1
    }
  }
  assert.ok(tried > 2000, `${tried} changes were tried`)
  console.log(`one-byte changes found: ${tried}/${tried}`)
})
