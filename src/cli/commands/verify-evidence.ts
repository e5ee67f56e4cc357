import { readFileSync } from 'node:fs'
import { parseSubjectFile } from '../../log/verify/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { checkEvidence, type EvidenceReport, parseEvidence, showsAll } from '../../web/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { TrustError } from '../trust-files.ts'
import { sealedText, verifySubject } from './verify-subject.ts'

/** A file of proofs as a person downloads it, and whose signatures count. */
export interface EvidenceTarget {
  readonly file: string
  /** Files of keys and policy in place of the ones that the evidence brings along. */
  readonly vkeys?: string
  readonly policy?: string
  readonly json: boolean
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new TrustError(`${file} cannot be read.`, { cause })
  }
}

type Chain = EvidenceReport['chains'][number]

/** Up to where one organisation's list is shown to be whole, or why it is not. */
function describeChain({ organisation, state, reason, upToMs, upToEntry }: Chain): string {
  if (upToMs === undefined || upToEntry === undefined)
    return `  list of ${organisation}: ${state} (${reason})`
  const { origin, size } = upToEntry
  const until = `the first ${size} entries of ${origin}, ${new Date(upToMs).toISOString()}`
  return `  list of ${organisation}: nothing is missing up to ${until}`
}

/** The verdict in one sentence: good is only what also shows that nothing is missing. */
function verdictOn(file: string, report: EvidenceReport): string {
  const { state, reason, detail, receipts } = report
  if (state !== 'holds')
    return `${file}: ${state}. ${detail === undefined ? reason : `${reason}: ${detail}`}`
  const count = `${receipts.length} ${receipts.length === 1 ? 'receipt' : 'receipts'}`
  return showsAll(report)
    ? `${file} is good: ${count}, each proven, and nothing is missing up to the entries named here.`
    : `${file} does not show that nothing is missing. What is in it holds: ${count}, each proven.`
}

function describe(file: string, report: EvidenceReport): string {
  const { heads, receipts, sealed, chains, unshown } = report
  const logs = heads.map((head) => `  log of ${head.organisation}: ${head.state} (${head.reason})`)
  const bad = receipts.flatMap((receipt, place) =>
    receipt.state === 'holds'
      ? []
      : [`  entry ${place + 1} of the file: ${receipt.state} (${receipt.reason})`],
  )
  const lists = [
    ...chains.map(describeChain),
    ...unshown.map((name) => `  list of ${name}: nothing shows whether entries are missing`),
  ]
  const told = sealed === 0 ? [] : [sealedText(sealed)]
  return `${[verdictOn(file, report), ...told, ...lists, ...logs, ...bad].join('\n')}\n`
}

/**
 * Verifies a file of proofs that a person has downloaded: every opening, every receipt, every head; and says of each
 * organisation up to where none is missing, or that nothing shows it. Exit 3 when a proof does not hold.
 *
 * @throws {@link TrustError} when the file is no such file
 */
export function verifyEvidence(target: EvidenceTarget, io: CliIo): void {
  const { file, vkeys, policy, json } = target
  const content = textOf(file)
  const subjectFile = parseSubjectFile(content)
  const evidence = parseEvidence(content)
  if (evidence === undefined && subjectFile === undefined)
    throw new TrustError(`${file} is no file of proofs as the person's page gives it.`)
  if (vkeys === undefined || policy === undefined) {
    io.stderr(
      'The keys come from the file itself; name the ones you trust with --vkeys and --policy.\n',
    )
  }
  const trusted = {
    ...(vkeys === undefined ? {} : { vkeys: textOf(vkeys) }),
    ...(policy === undefined ? {} : { policy: textOf(policy) }),
  }
  if (subjectFile !== undefined)
    verifySubject(
      subjectFile === 'malformed' ? subjectFile : { ...subjectFile, ...trusted },
      { name: file, json },
      io,
    )
  if (evidence === undefined) return
  const report = checkEvidence({ ...evidence, ...trusted }, bestEd25519())
  io.stdout(json ? `${JSON.stringify(report)}\n` : describe(file, report))
  if (report.state === 'fails') io.exit(EXIT.tampering)
}
