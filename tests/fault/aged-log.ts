import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeBase64, encodeBase64Url } from '../../src/bytes/index.ts'
import { logWriter, SIGNATURE_TYPES, startLog } from '../../src/log/index.ts'
import { openCheckpoint, parseVerifierKey, treeHasher } from '../../src/log/verify/index.ts'
import { type PersonIntent, preparePerson, subjectHandles } from '../../src/person/index.ts'
import { aesGcm, bestEd25519, sodiumEdwards, systemRandomness } from '../../src/platform/index.ts'
import { openWritableRecordKeys } from '../../src/storage/record-keys/index.ts'
import { openHeadStore, openStateStore } from '../../src/storage/sqlite/index.ts'
import type { FixtureSubject, ProviderFixture } from './provider-fixture.ts'

/** Entries of one day long ago. */
export interface AgedDay {
  readonly atMs: number
  readonly subjects: readonly FixtureSubject[]
}

function secretOf({ dir }: ProviderFixture, file: string): Uint8Array {
  return decodeBase64(readFileSync(join(dir, 'keys', file), 'utf8').trimEnd())
}

function refusalAbout(subjectHandle: string): PersonIntent {
  return {
    type: 'refused',
    subjectHandle,
    reference: 'RENT-1',
    record: {
      exchangeId: encodeBase64Url(systemRandomness.bytes(16)),
      consumer: 'tax',
      provider: 'housing',
      agreement: null,
      purpose: 'https://cloison.eu/purpose/service',
      legalBasis: null,
      elements: ['income_below_limit'],
      official: 'official-0001',
      notice: 'immediate',
      noticeUntilMs: null,
      questionDigest: null,
      code: 'CASE_CLOSED',
    },
  }
}

/**
 * Writes entries into a fixture's log as its gateway would have years ago: the gateway's own writer over
 * its own stores and keys, under a clock of that time. The gateway must not be running.
 */
export async function ageLog(provider: ProviderFixture, days: readonly AgedDay[]): Promise<void> {
  const { dir, tax, config } = provider
  const { origin } = config.log
  using store = openStateStore(join(dir, 'state.db'))
  using headStore = openHeadStore(join(dir, 'head.db'))
  const ed25519 = bestEd25519()
  const aead = aesGcm(systemRandomness)
  const recordKeys = openWritableRecordKeys({ path: join(dir, 'keys/record') }, systemRandomness)
  const subjects = subjectHandles(secretOf(provider, 'handle.key'), sodiumEdwards())
  const hasher = treeHasher()
  const audit = {
    extend(leaves: readonly Uint8Array[]) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
  const log = parseVerifierKey(tax.logVerifierKey)
  const rootOf = (note: string): Uint8Array =>
    openCheckpoint(note, { log, witnesses: [], ed25519 }).checkpoint.root
  const start = await store.transaction((reader) => startLog({ reader, headStore, audit, rootOf }))
  let nowMs = 0
  const signers = [
    { name: origin, type: SIGNATURE_TYPES.ed25519, seed: secretOf(provider, 'log.key') },
  ]
  const machine = { clock: { now: () => nowMs }, randomness: systemRandomness, aead, ed25519 }
  const timeLock = { milliseconds: 1, demo: true }
  const deps = { organisation: 'tax', ...machine, recordKeys, agreements: [], timeLock }
  const writer = logWriter(
    { store, headStore, ...machine, origin, signers, recordKeys, audit },
    (tx, intent: PersonIntent, batch) => preparePerson(tx, intent, batch, deps),
    start,
  )
  for (const { atMs, subjects: people } of days) {
    nowMs = atMs
    const handles = people.map(({ value }) =>
      subjects.handleOf({ scheme: 'demo-nin', value }, 'open'),
    )
    await writer.commit(handles.map(refusalAbout))
  }
}
