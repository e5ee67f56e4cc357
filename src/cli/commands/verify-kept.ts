import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { encodeBase64 } from '../../bytes/index.ts'
import { publishedEntry } from '../../demo/index.ts'
import { describeProblem, type LogReport } from '../../log/verify/index.ts'
import { folderFiles } from '../../platform/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'

const storySchema = z.object({
  steps: z.array(
    z.object({
      entries: z.array(
        z.object({
          organisation: z.string().regex(/^[a-z][a-z0-9-]*$/),
          index: z.int().min(0),
          leaf: z.string(),
        }),
      ),
    }),
  ),
})

/** An entry that `story.json` speaks of and that is not in its log. */
export interface MissingEntry {
  readonly organisation: string
  readonly index: number
}

/** What verifying a kept demo found: every log, and the story's entries against them. */
export interface KeptReport {
  readonly ok: boolean
  readonly logs: Readonly<Record<string, LogReport>>
  readonly story: { readonly entries: number; readonly missing: readonly MissingEntry[] } | null
}

/** The organisations below a folder that `demo --keep` left: those with a published log. */
export function keptOrganisations(folder: string): readonly string[] {
  if (!existsSync(folder) || existsSync(join(folder, 'checkpoint'))) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      (item) => item.isDirectory() && existsSync(join(folder, item.name, 'log', 'checkpoint')),
    )
    .map(({ name }) => name)
    .toSorted()
}

async function checkStory(folder: string): Promise<KeptReport['story']> {
  const text = await readFile(join(folder, 'story.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return null
  const told = storySchema.parse(JSON.parse(text)).steps.flatMap(({ entries }) => entries)
  const missing: MissingEntry[] = []
  for (const { organisation, index, leaf } of told) {
    const entry = await publishedEntry(folderFiles(join(folder, organisation, 'log')), index)
    if (entry === undefined || encodeBase64(entry) !== leaf) missing.push({ organisation, index })
  }
  return { entries: told.length, missing }
}

function describe(report: KeptReport): string {
  const lines = Object.entries(report.logs).flatMap(
    ([organisation, { ok, origin, size, problems }]) =>
      ok
        ? [`${origin ?? organisation} is good: ${size ?? 0} entries.`]
        : [
            `${origin ?? organisation} is NOT as it was signed:`,
            ...problems.map((one) => `  ${describeProblem(one)}`),
          ],
  )
  if (report.story === null) return `${lines.join('\n')}\n`
  const { entries, missing } = report.story
  lines.push(
    `story.json: ${entries - missing.length} of ${entries} entries stand in the logs at their index.`,
  )
  for (const { organisation, index } of missing)
    lines.push(`  Entry ${index} of ${organisation} is another one.`)
  return `${lines.join('\n')}\n`
}

/**
 * Verifies everything that a kept demo published, each log on its own, and then finds every entry of
 * `story.json` in its log at its index. Exit 3 when anything is not as it was signed or told.
 */
export async function verifyKept(
  folder: string,
  verifyOne: (logFolder: string) => Promise<LogReport>,
  { io, json }: { readonly io: CliIo; readonly json: boolean },
): Promise<void> {
  const logs: Record<string, LogReport> = {}
  for (const organisation of keptOrganisations(folder)) {
    logs[organisation] = await verifyOne(join(folder, organisation, 'log'))
  }
  const story = await checkStory(folder)
  const ok = Object.values(logs).every((report) => report.ok) && (story?.missing.length ?? 0) === 0
  const report = { ok, logs, story }
  io.stdout(json ? `${JSON.stringify(report)}\n` : describe(report))
  if (!ok) io.exit(EXIT.tampering)
}
