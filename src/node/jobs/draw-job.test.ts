import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import {
  CHECKPOINT_PATH,
  cosign,
  formatVerifierKey,
  readPublicEntry,
  SIGNATURE_TYPES,
} from '../../log/index.ts'
import { parseNote, parsePolicy, type Policy } from '../../log/verify/index.ts'
import { askQuestion } from '../../person/index.ts'
import { bestEd25519, folderFiles } from '../../platform/index.ts'
import { drawJob } from './draw-job.ts'

const ed25519 = bestEd25519()
const witness = { name: 'w', seed: new Uint8Array(32).fill(5) }

function policyFor(logKey: Policy['logs'][number]['key']): Policy {
  const type = SIGNATURE_TYPES.cosignature
  const vkey = formatVerifierKey(witness.name, type, ed25519.publicKey(witness.seed))
  return { ...parsePolicy(`witness w ${vkey} http://w\nquorum w\n`), logs: [{ key: logKey }] }
}

/** The note with the witness's line; `seed` of another one makes a line that does not count. */
function cosigned(note: string, seed: Uint8Array = witness.seed): string {
  const { text } = parseNote(note)
  return `${note}${cosign(text, { name: witness.name, seed, timeSeconds: 1 }, ed25519)}`
}

async function openDraw(t: TestContext) {
  const exchange = await openExchange()
  t.after(() => exchange[Symbol.dispose]())
  const dir = mkdtempSync(join(tmpdir(), 'cloison-draw-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const files = folderFiles(dir)
  const { reader, writer, logKey } = exchange.provider
  const parts = { reader, writer, files, origin: logKey.name, policy: policyFor(logKey), ed25519 }
  const state = { mayWrite: true }
  const job = drawJob(parts, () => state.mayWrite)
  const headNote = async (): Promise<string> => (await reader.head())?.checkpoint ?? ''
  const before = await headNote()
  const commitment = encodeBase64(sha256(utf8('commitment')))
  const terms = { commitment, first: 0, last: 1, count: 1, inspector: 'inspector' }
  const done = await writer.commit({ type: 'draw', step: 'commit', ...terms })
  assert.ok(done.type === 'draw' && done.state === 'done')
  const committed = { origin: logKey.name, index: done.index }
  return {
    state,
    before,
    headNote,
    commitMore: () => askQuestion(exchange.request(1), exchange.consumerDeps),
    /** Publishes a note and lets the job run; whether a checkpoint is fixed now. */
    async runWith(note: string | undefined): Promise<boolean> {
      if (note !== undefined) await files.replace(CHECKPOINT_PATH, utf8(note))
      await job.round()
      return (await reader.draw(committed))?.fixed !== undefined
    },
    async fixedNote(): Promise<unknown> {
      const place = (await reader.draw(committed))?.fixed
      const entry = await readPublicEntry(reader, place?.index ?? -1)
      return JSON.parse(Buffer.from(entry?.recordBytes ?? []).toString()).body.checkpoint
    },
    size: async () => (await reader.head())?.size,
  }
}

test('a draw waits for a published checkpoint that covers it and that a quorum has cosigned', async (t) => {
  const draw = await openDraw(t)
  const note = await draw.headNote()
  const notYet = {
    'nothing is published': undefined,
    'no witness has cosigned': note,
    'the cosignature is of another key': cosigned(note, new Uint8Array(32).fill(6)),
    'the checkpoint is older than the commitment': cosigned(draw.before),
    'the note is none': 'not a note',
    'another text is signed': cosigned(note.replace(/\n\d+\n/, '\n999\n')),
  }
  for (const [why, published] of Object.entries(notYet))
    assert.equal(await draw.runWith(published), false, why)
  draw.state.mayWrite = false
  assert.equal(await draw.runWith(cosigned(note)), false)
  draw.state.mayWrite = true
  assert.equal(await draw.runWith(cosigned(note)), true)
  assert.equal(await draw.fixedNote(), cosigned(note))
})

test('the first one is kept: a later checkpoint changes nothing and makes no entry', async (t) => {
  const draw = await openDraw(t)
  const first = cosigned(await draw.headNote())
  await draw.runWith(first)
  await draw.commitMore()
  const size = await draw.size()
  await draw.runWith(cosigned(await draw.headNote()))
  assert.equal(await draw.fixedNote(), first)
  assert.equal(await draw.size(), size)
})
