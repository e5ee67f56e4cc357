import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBase64, utf8 } from '../../src/bytes/index.ts'
import { sha256 } from '../../src/crypto/index.ts'
import { logPublisher, publishableLog } from '../../src/log/index.ts'
import {
  type LogReport,
  type LogSource,
  parsePolicy,
  verifyLog,
} from '../../src/log/verify/index.ts'
import { type DrawTrust, drawCommitment } from '../../src/oversight/index.ts'
import { askQuestion } from '../../src/person/index.ts'
import { bestEd25519, folderFiles, nodeMlDsa44 } from '../../src/platform/index.ts'
import { type InProcessOrganisation, openExchange } from './in-process-exchange.ts'

/** A draw of a provider's log, published and verified. */
export interface PublishedDraw {
  readonly dir: string
  readonly source: LogSource
  readonly report: LogReport
  readonly trust: DrawTrust
  readonly committed: number
  readonly exchanges: readonly number[]
  /** The checkpoint that is fixed for it. */
  readonly note: string
  /** A checkpoint of the log beyond what is published. */
  readonly later: string
}

async function step(
  { writer }: InProcessOrganisation,
  intent: Extract<Parameters<InProcessOrganisation['writer']['commit']>[0], { type: 'draw' }>,
): Promise<number> {
  const done = await writer.commit(intent)
  assert.ok(done.type === 'draw' && done.state === 'done')
  return done.index
}

function sourceOf(dir: string): LogSource {
  const files = folderFiles(dir)
  return {
    read: (path) => files.read(path),
    async *list(below) {
      yield* await files.list(below)
    },
  }
}

/** A provider's log with three answers and a draw of two of them, published and verified. */
export async function publishDraw(): Promise<PublishedDraw> {
  using exchange = await openExchange()
  for (const number of [1, 2, 3]) await askQuestion(exchange.request(number), exchange.consumerDeps)
  const { provider } = exchange
  const { reader, logKey } = provider
  const head = async () => (await reader.head()) ?? assert.fail('the log has a head')
  const { size: last } = await head()
  const terms = { inspector: 'inspector', log: logKey.name, first: 0, last, count: 2 }
  const nonce = sha256(utf8('nonce'))
  const { log: _, ...range } = terms
  const commitment = encodeBase64(drawCommitment(nonce, terms))
  const index = await step(provider, { type: 'draw', step: 'commit', commitment, ...range })
  const committed = { origin: logKey.name, index }
  const note = (await head()).checkpoint
  await step(provider, { type: 'draw', step: 'fix', committed, checkpoint: note })
  const revealed = { nonce: encodeBase64(nonce) }
  await step(provider, { type: 'draw', step: 'reveal', committed, ...revealed })
  const dir = mkdtempSync(join(tmpdir(), 'cloison-draw-log-'))
  const publisher = logPublisher({ files: folderFiles(dir), log: publishableLog(reader) })
  await publisher.publish((await head()).checkpoint)
  const source = sourceOf(dir)
  const policy = { ...parsePolicy('quorum none\n'), logs: [{ key: logKey }] }
  const trust = { keys: [logKey], policy, ed25519: bestEd25519(), mlDsa44: nodeMlDsa44 }
  const report = await verifyLog(source, { ...trust, strict: false })
  assert.deepEqual(report.problems, [])
  await askQuestion(exchange.request(4), exchange.consumerDeps)
  const later = (await head()).checkpoint
  const leaves = await reader.readLeaves(0, last)
  const exchanges = leaves.flatMap((leaf, place) => (leaf[1] === 1 ? [place] : []))
  return { dir, source, report, trust, committed: index, exchanges, note, later }
}
