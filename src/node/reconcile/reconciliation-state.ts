import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import type { ExchangeGroup, Gap, ReconciliationReport } from '../../oversight/index.ts'

/** A gap that a run has named, with what opens the digest in its entry. */
export interface KeptGap {
  readonly gap: Gap
  /** Base64, 32 bytes. */
  readonly r: string
  /** The entry `reconciliation.gap` in the inspector's own log. */
  readonly entry: number
  readonly atMs: number
}

/** One run, as it is listed. */
export interface KeptRun {
  readonly atMs: number
  /** The entry `reconciliation.made` in the inspector's own log; `null` where nothing was new. */
  readonly entry: number | null
  readonly report: Omit<ReconciliationReport, 'gaps'> | null
  /** Organisations that did not answer. */
  readonly away: readonly string[]
  /** Why nothing was reconciled. */
  readonly fault: { readonly code: string; readonly message: string } | null
}

/** What an inspector keeps between two runs. Names nobody: entries, commitments, digests. */
export interface ReconciliationState {
  readonly v: 1
  /** By origin: how much of each log was reconciled, and its root. */
  readonly heads: Readonly<Record<string, { readonly size: number; readonly root: string }>>
  /** By organisation: the log that is being read. */
  readonly logs: Readonly<Record<string, string>>
  readonly open: readonly ExchangeGroup[]
  /** The newest last. */
  readonly runs: readonly KeptRun[]
  readonly gaps: readonly KeptGap[]
}

/** What there is before the first run. */
export const noReconciliation: ReconciliationState = {
  v: 1,
  heads: {},
  logs: {},
  open: [],
  runs: [],
  gaps: [],
}

const shape: z.ZodType<ReconciliationState> = z.custom<ReconciliationState>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'v' in value &&
    value.v === 1 &&
    ['heads', 'logs', 'open', 'runs', 'gaps'].every((name) => name in value),
)

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

/** Reads what was kept; nothing where no run has been. @throws for a file that is none of this */
export async function readReconciliation(path: string): Promise<ReconciliationState> {
  try {
    return shape.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    if (isMissing(cause)) return noReconciliation
    throw cause
  }
}

/** Resolves once the state is on disk, in place of the one before; for the owner alone to read. */
export async function writeReconciliation(path: string, state: ReconciliationState): Promise<void> {
  const temporary = `${path}.new`
  const file = await open(temporary, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(state))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
