import { readFile } from 'node:fs/promises'
import { parseReport, type ReportFile, ReportFault } from '../../oversight/index.ts'
import { UsageError } from '../read-subject.ts'

/** Files of keys and policy in place of the ones that a report brings along. */
export interface TrustedFiles {
  readonly vkeys?: string
  readonly policy?: string
}

async function textOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new UsageError(`${file} cannot be read.`)
  return text
}

/**
 * Reads a report, with the keys and the policy that are trusted in place of its own.
 *
 * @throws {@link UsageError} for a file that is no report, {@link ReportFault} `FILE_MALFORMED`
 */
export async function readReport(
  file: string,
  { vkeys, policy }: TrustedFiles = {},
): Promise<ReportFile> {
  const report = parseReport(await textOf(file))
  if (report === undefined)
    throw new UsageError(`${file} is no report; give the JSON file that --out has written.`)
  if (report === 'malformed') throw new ReportFault('FILE_MALFORMED', file)
  const trusted = {
    ...(vkeys === undefined ? {} : { vkeys: await textOf(vkeys) }),
    ...(policy === undefined ? {} : { policy: await textOf(policy) }),
  }
  return { ...report, evidence: { ...report.evidence, ...trusted } }
}
