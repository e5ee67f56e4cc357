import {
  describeSubjectProblem,
  type SubjectFile,
  type SubjectVerdict,
  verifySubjectFile,
} from '../../log/verify/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'

const malformed = { ok: false, code: 'FILE_MALFORMED', entry: undefined } as const

type Whole = Extract<SubjectVerdict, { ok: true }>

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`
}

/** That so many entries of a file are sealed, and what that means. */
export function sealedText(count: number): string {
  return `${entries(count)} ${count === 1 ? 'is' : 'are'} sealed for the sake of another person: in the log, but what the file tells of ${count === 1 ? 'it' : 'them'} is the organisation's word; an inspector can open ${count === 1 ? 'it' : 'them'}.`
}

/** What a file that holds proves, in one plain sentence or two. */
export function describeWhole(whole: Whole): string {
  const { organisation, records, newer, opened, sealed, upToMs } = whole
  const until = new Date(upToMs).toISOString()
  const older = records.length - newer
  const erased = whole.erased
  const more = [
    newer === 0 ? '' : ` ${entries(newer)} came since then.`,
    opened === 0 ? '' : ` ${entries(opened)} had a withheld notice that has opened.`,
    erased === 0 ? '' : ` ${entries(erased)} can no longer be opened: what opens them was erased.`,
    sealed === 0 ? '' : ` ${sealedText(sealed)}`,
  ].join('')
  if (older === 0) return `${organisation}: no entry was about this person up to ${until}.${more}`
  return `${organisation}: these are all entries up to ${until}: ${older}, each proven and none missing.${more}`
}

/**
 * Verifies a file of one person's entries, offline: that each is in the log, and that none is missing.
 * Exit 3, and a sentence that names the entry, when it does not hold.
 */
export function verifySubject(
  file: SubjectFile | 'malformed',
  { name, json }: { readonly name: string; readonly json: boolean },
  io: CliIo,
): void {
  const verdict = file === 'malformed' ? malformed : verifySubjectFile(file, nodeAlgorithms())
  if (json) io.stdout(`${JSON.stringify(reportOf(verdict))}\n`)
  else if (verdict.ok) io.stdout(`${name} is good.\n${describeWhole(verdict)}\n`)
  else io.stdout(`${name} does NOT hold: ${describeSubjectProblem(verdict)}\n`)
  if (!verdict.ok) io.exit(EXIT.tampering)
}

function reportOf(verdict: SubjectVerdict): object {
  if (!verdict.ok) return { ...verdict, reason: describeSubjectProblem(verdict) }
  const { ok, organisation, epoch, size, upToMs, records, newer, opened, erased, sealed } = verdict
  const counts = { entries: records.length, newer, opened, erased, sealed }
  return { ok, organisation, epoch, size, upToMs, ...counts }
}
