import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBase64, encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { createLog, logWriter, type NoteSigner, startLog } from '../../log/index.ts'
import { openCheckpoint, parseVerifierKey, treeHasher } from '../../log/verify/index.ts'
import {
  type ExchangeReader,
  type KnownAgreement,
  type PersonCommitted,
  type PersonIntent,
  type PersonWriter,
  preparePerson,
} from '../../person/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import { openWritableRecordKeys } from '../../storage/record-keys/index.ts'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateReader,
  openStateStore,
} from '../../storage/sqlite/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../log/index.ts'
import {
  type RehearsalAgreement,
  rehearsalAgreement,
  rehearsalAgreements,
} from './rehearsal-agreement.ts'

/** A provider's store and writer, as a gateway has them, on a clock that the rehearsal turns. */
export interface RehearsalHouse extends Disposable {
  readonly reader: ExchangeReader
  readonly writer: PersonWriter
  /** Commits intents in one transaction, as questions that come together are. */
  commit(batch: readonly PersonIntent[]): Promise<readonly PersonCommitted[]>
  readonly clock: { now(): number; set(ms: number): void }
  readonly agreements: ReadonlyMap<RehearsalAgreement, KnownAgreement>
  readonly handleKey: Uint8Array
}

/** When a rehearsal begins: a Monday. */
export const rehearsalBeginMs: number = Date.UTC(2026, 0, 5)

const origin = 'tax.localhost/log/2026h1'

function turnedClock(): RehearsalHouse['clock'] {
  let nowMs = rehearsalBeginMs
  return {
    now: () => nowMs,
    set: (ms) => {
      nowMs = ms
    },
  }
}

async function openWriter(
  dir: string,
  stack: DisposableStack,
  { clock, agreements }: Pick<RehearsalHouse, 'clock' | 'agreements'>,
): Promise<Pick<RehearsalHouse, 'reader' | 'writer' | 'commit'>> {
  const [statePath, headPath, keys] = [
    join(dir, 'state.db'),
    join(dir, 'head.db'),
    join(dir, 'record'),
  ]
  mkdirSync(keys)
  createStateStore(statePath)
  createHeadStore(headPath)
  const store = stack.use(openStateStore(statePath))
  const headStore = stack.use(openHeadStore(headPath))
  const [ed25519, randomness] = [bestEd25519(), systemRandomness]
  const aead = aesGcm(randomness)
  const recordKeys = openWritableRecordKeys({ path: keys }, randomness)
  const seed = randomness.bytes(32)
  const type = SIGNATURE_TYPES.ed25519
  const signers: readonly NoteSigner[] = [{ name: origin, type, seed }]
  await createLog({ store, headStore, ed25519, origin, signers, nowMs: clock.now() })
  const hasher = treeHasher()
  const audit = {
    extend(leaves: readonly Uint8Array[]) {
      for (const leaf of leaves) hasher.add(leaf)
      return hasher.root()
    },
  }
  const log = parseVerifierKey(formatVerifierKey(origin, type, ed25519.publicKey(seed)))
  const rootOf = (checkpoint: string): Uint8Array =>
    openCheckpoint(checkpoint, { log, witnesses: [], ed25519 }).checkpoint.root
  const start = await store.transaction((reader) => startLog({ reader, headStore, audit, rootOf }))
  const deps = {
    organisation: 'tax',
    randomness,
    aead,
    recordKeys,
    agreements: [...agreements.values()],
    timeLock: { milliseconds: 1, demo: true },
  }
  const made = logWriter(
    { store, headStore, clock, randomness, aead, ed25519, origin, signers, recordKeys, audit },
    (tx, intent: PersonIntent, batch) => preparePerson(tx, intent, batch, deps),
    start,
  )
  const commit: RehearsalHouse['commit'] = (batch) => made.commit(batch)
  return {
    reader: stack.use(openStateReader(statePath)),
    commit,
    writer: {
      async commit(intent) {
        const [committed] = await commit([intent])
        if (committed === undefined) throw new TypeError('an intent has a result')
        return committed
      },
    },
  }
}

/** Opens an empty house whose agreements are in force. Everything is gone when it is disposed. */
export async function openRehearsalHouse(seedText: string): Promise<RehearsalHouse> {
  using stack = new DisposableStack()
  const dir = mkdtempSync(join(tmpdir(), 'cloison-rehearsal-'))
  stack.defer(() => rmSync(dir, { recursive: true, force: true }))
  const clock = turnedClock()
  const seed = sha256(utf8(`rehearsal ${seedText}`))
  const signers = { ed25519: bestEd25519(), seed, beginMs: rehearsalBeginMs }
  const agreements = new Map(rehearsalAgreements.map((id) => [id, rehearsalAgreement(id, signers)]))
  const opened = await openWriter(dir, stack, { clock, agreements })
  for (const { agreement, digest } of agreements.values()) {
    await opened.writer.commit({
      type: 'governance',
      kind: 'agreement.published',
      name: agreement.id,
      digest,
      body: null,
      agreement: { digest, event: 'agreement.published', by: 'tax' },
    })
  }
  const owned = stack.move()
  return {
    ...opened,
    clock,
    agreements,
    handleKey: seed,
    [Symbol.dispose]: () => owned.dispose(),
  }
}

/** A keyed digest of a number, for exchange ids and nonces that a seed repeats. */
export function numbered(kind: string, number: number, bytes = 16): string {
  return encodeBase64Url(sha256(utf8(`${kind} ${number}`)).subarray(0, bytes))
}

/** The same in base64 of 32 bytes. */
export function numberedDigest(kind: string, number: number): string {
  return encodeBase64(sha256(utf8(`${kind} ${number}`)))
}
