import * as z from 'zod'
import { openEntry, parsePublishedOpening } from '../log/verify/index.ts'
import type { Files } from '../ports/index.ts'
import type { PublicAudit } from '../web/index.ts'
import { publishedEntry } from '../pages/index.ts'

const count = z.int().min(0)
const body = z.object({ holds: z.boolean(), left: count, right: count, tally: count })

async function auditAt(files: Files, index: number, qid: string): Promise<PublicAudit | undefined> {
  const bytes = await files.read(`governance/${index}`)
  const opening = bytes === undefined ? undefined : parsePublishedOpening(bytes)
  const leaf = opening === undefined ? undefined : await publishedEntry(files, index)
  if (opening === undefined || leaf === undefined) return undefined
  const opened = openEntry(leaf, opening)
  if (!opened.ok || opened.record.class !== 'governance') return undefined
  const { kind, name, timeMs, body: said } = opened.record
  if (kind !== 'join.audited' || name !== qid) return undefined
  const read = body.safeParse(said)
  if (!read.success) return undefined
  const { holds, ...findings } = read.data
  return { holds, findings, atMs: timeMs, index }
}

/** What the log in `files` has public of an audit of a run, the newest; `undefined` where there is nothing. */
export async function publishedAudit(files: Files, qid: string): Promise<PublicAudit | undefined> {
  const paths = await files.list('governance')
  const indexes = paths.map((path) => Number(path.slice(path.lastIndexOf('/') + 1)))
  for (const index of indexes.toSorted((one, other) => other - one)) {
    const found = await auditAt(files, index, qid)
    if (found !== undefined) return found
  }
  return undefined
}
