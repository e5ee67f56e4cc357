import { writeFile } from 'node:fs/promises'
import { canonicalBytes } from '../../bytes/index.ts'
import {
  parseRelease,
  releaseCsv,
  type ReleasedAnswer,
  type ReleaseFile,
  releaseFileBytes,
} from '../../population/index.ts'
import { UsageError } from '../read-subject.ts'

/** The forms of a release as a file. */
export const resultForms = ['csv', 'json', 'parquet'] as const

/** One of {@link resultForms}. */
export type ResultForm = (typeof resultForms)[number]

function fileOf({ release, signature, leaf, opening, inclusion }: ReleasedAnswer): ReleaseFile {
  const receipt = { leaf, opening: { ...opening }, inclusion }
  return { release: parseRelease(canonicalBytes(release)), signature, receipt }
}

/**
 * Writes a release with its intervals, never over a file that stands there.
 *
 * @throws {@link UsageError}
 */
export async function writeResult(
  answer: ReleasedAnswer,
  form: ResultForm,
  path: string,
): Promise<void> {
  const file = fileOf(answer)
  const bytes = form === 'csv' ? releaseCsv(file.release) : releaseFileBytes(file)
  await writeFile(path, form === 'parquet' ? '' : bytes, { flag: 'wx' }).catch((cause: unknown) => {
    throw new UsageError(`${path} stands there already, or its folder is not there.`, { cause })
  })
  if (form !== 'parquet') return
  // Loads the engine, which nothing else of a command needs.
  const { writeReleaseParquet } = await import('../../storage/parquet/index.ts')
  await writeReleaseParquet(file, path)
}
