import { rm, writeFile } from 'node:fs/promises'
import { InvalidArgumentError, type Command } from 'commander'
import type { ReportContent, ReportFile } from '../../oversight/index.ts'
import { type Language, languages, reportDocument, reportText, wordsOf } from '../../web/index.ts'
import type { CliIo } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { printPdf } from './print-pdf.ts'

/** Where a report goes, and in which language. */
export interface ReportOutputs {
  readonly out?: string
  readonly html?: string
  readonly pdf?: string
  readonly chromium?: string
  readonly language: Language
  readonly json?: true
}

function parseLanguage(text: string): Language {
  const found = languages.find((language) => language === text)
  if (found !== undefined) return found
  throw new InvalidArgumentError(`It must be one of ${languages.join(', ')}.`)
}

/** Adds the options that say where a report goes. */
export function withOutputs(command: Command): Command {
  return command
    .option('--out <file>', 'write it as JSON with its proofs to a new file')
    .option('--html <file>', 'write it as one HTML page to a new file')
    .option('--pdf <file>', 'print it to a new PDF file, with Chromium')
    .option('--chromium <program>', 'the Chromium to print with (default: the first in PATH)')
    .option('--language <code>', 'en, fr or es', parseLanguage, 'en')
    .option('--json', 'print it as JSON with its proofs')
}

/** A report may be personal data: for its owner alone, and never in place of another file. */
async function writeNew(file: string, content: string): Promise<void> {
  await writeFile(file, content, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be written, or is there already: name another file.`, {
      cause,
    })
  })
}

async function print(html: string, pdf: string, chromium: string | undefined): Promise<void> {
  const page = `${pdf}.html`
  // Claimed first: what stands there is not printed over.
  await writeNew(pdf, '')
  try {
    await writeNew(page, html)
    await printPdf(page, pdf, { chromium, path: process.env['PATH'] ?? '' })
  } catch (cause) {
    await rm(pdf, { force: true })
    throw cause
  } finally {
    await rm(page, { force: true })
  }
}

/**
 * Writes a verified report to the files that were named; as text, or JSON, to standard output where none was.
 *
 * @throws {@link UsageError} for a file that is there already, {@link ReportError}
 */
export async function writeReport(
  file: ReportFile,
  content: ReportContent,
  outputs: ReportOutputs,
  io: CliIo,
): Promise<void> {
  const { out, html, pdf, language } = outputs
  const shown = { file, content, words: wordsOf(language, 'UTC') }
  const json = `${JSON.stringify(file)}\n`
  if (out !== undefined) await writeNew(out, json)
  if (html !== undefined) await writeNew(html, reportDocument(shown))
  if (pdf !== undefined) await print(reportDocument(shown), pdf, outputs.chromium)
  const written = [out, html, pdf].filter((name) => name !== undefined)
  if (outputs.json === true) io.stdout(json)
  else if (written.length === 0) io.stdout(reportText(shown))
  if (written.length > 0) io.stderr(`Written: ${written.join(', ')}.\n`)
}
