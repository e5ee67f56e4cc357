import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type LogReport, type LogSource, verifyLog } from '../log/verify/index.ts'
import { bestEd25519, folderFiles, nodeMlDsa44, systemTimers } from '../platform/index.ts'
import type { CheatAttempt } from './cheat-attempt.ts'
import type { DemoClient } from './demo-client.ts'
import { DemoError } from './demo-error.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import type { LocalText } from '../web/index.ts'

/** Verifies a published log in a folder, as strictly as the command line does. */
export async function verifyFolder(
  folder: string,
  origin: string,
  client: DemoClient,
): Promise<LogReport> {
  const files = folderFiles(folder)
  const source: LogSource = {
    read: (path) => files.read(path),
    async *list(below) {
      yield* await files.list(below)
    },
  }
  return verifyLog(source, {
    keys: client.keys,
    policy: client.policy,
    origin,
    strict: true,
    ed25519: bestEd25519(),
    mlDsa44: nodeMlDsa44,
  })
}

/** The widest bundle of the newest entries: where the denial of the last cheat stands. */
async function newestBundle(folder: string): Promise<string> {
  const entries = join(folder, 'tile', 'entries')
  const found = (await readdir(entries, { recursive: true, withFileTypes: true }))
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name))
  const widths = found.map((path) => ({ path, width: Number(path.split('.p/')[1] ?? '256') }))
  const widest = widths.toSorted((one, other) => other.width - one.width)[0]
  if (widest === undefined) throw new TypeError('a published log has a bundle')
  return widest.path
}

/** Flips one bit of the last entry in a copy of the published log. */
async function flipBit(folder: string): Promise<void> {
  const path = await newestBundle(folder)
  const bytes = await readFile(path)
  const place = bytes.length - 7
  bytes.writeUInt8((bytes.at(place) ?? 0) ^ 1, place)
  await writeFile(path, bytes)
}

const asPublishedMove: LocalText = {
  en: "Verify a copy of the tax agency's log as it was published",
  fr: "Vérifier une copie du journal de l'agence fiscale tel que publié",
  es: 'Verificar una copia del registro de la agencia tributaria tal como se publicó',
}

const flippedMove: LocalText = {
  en: 'Flip one bit of one entry in the copy',
  fr: "Inverser un bit d'une entrée dans la copie",
  es: 'Invertir un bit de una entrada en la copia',
}

/** How often the log is copied anew while it is being published. */
const mostCopies = 10

interface PublishedCopy {
  readonly copy: string
  readonly report: LogReport
}

/** A copy that fell between two files of one publication does not verify yet; a later one does. */
async function copyAsPublished(
  copies: string,
  demo: PreparedDemo,
  client: DemoClient,
): Promise<PublishedCopy> {
  const origin = demo.founded.get('tax')?.origin ?? ''
  // Temporary files come and go while the log is copied.
  const filter = (path: string): boolean => !basename(path).includes('.tmp-')
  for (let tries = 1; ; tries += 1) {
    const copy = join(copies, String(tries))
    await cp(join(demo.dir, 'tax', 'log'), copy, { recursive: true, filter })
    const report = await verifyFolder(copy, origin, client)
    if (report.ok || tries === mostCopies) return { copy, report }
    await systemTimers.sleep(500)
  }
}

/**
 * Edits the tax agency's published log in a copy and has it verified: the place is named. The
 * inspector makes the finding an entry of its own log.
 */
export async function cheatEditLog(demo: PreparedDemo, client: DemoClient): Promise<CheatAttempt> {
  const origin = demo.founded.get('tax')?.origin ?? ''
  const copies = await mkdtemp(join(tmpdir(), 'cloison-edited-'))
  try {
    const { copy, report: before } = await copyAsPublished(copies, demo, client)
    await flipBit(copy)
    const after = await verifyFolder(copy, origin, client)
    const [problem] = after.problems
    if (problem === undefined) throw new DemoError('CHECK_FAILED', 'an edited log passed')
    const body = { code: problem.code, file: problem.file, entry: problem.entry ?? -1 }
    const index = await client.act('inspector', { kind: 'signal.tampering', name: origin, body })
    return {
      moves: [
        { what: asPublishedMove, outcome: { kind: before.ok ? 'verified' : 'unpublished' } },
        { what: flippedMove, outcome: { kind: 'log-problem', problem } },
      ],
      stoppedBy: problem.code,
      entry: { organisation: 'inspector', index, kind: 'signal.tampering' },
    }
  } finally {
    await rm(copies, { recursive: true, force: true })
  }
}
