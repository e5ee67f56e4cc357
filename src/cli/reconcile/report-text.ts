import type { Gap, ReconciledSide, ReconciliationReport } from '../../oversight/index.ts'

const meanings: Readonly<Record<Gap['kind'], string>> = {
  MISSING_AT_CONSUMER: 'is missing at',
  MISSING_AT_PROVIDER: 'is missing at',
  MISSING_AT_PARTY: 'is missing at',
  OUTCOME_DIFFERS: 'has another outcome at',
  DIGEST_DIFFERS: 'has another digest at',
  ENTRY_REPEATED: 'stands more than once at',
  UNOPENED: 'is not opened by',
  ANSWER_REFUSED: 'was refused by',
  TIME_APART: 'has a log time too far off at',
  UNANSWERED: 'never came from',
}

const steps: Readonly<Record<Gap['step'], string>> = {
  asked: 'the question ("asked")',
  outcome: 'the outcome',
  received: 'the receipt of the outcome ("received")',
  reserved: 'the charge of a join',
  begun: 'the beginning of a join',
  message: 'a message of a join',
  released: 'the release',
  exchange: 'an exchange',
}

function gapLine(gap: Gap): string {
  const { kind, at, step, leg, entries, handle } = gap
  const shown = entries.map(({ log, entry }) => `entry ${entry} of ${log}`).join(', ')
  const what = leg === null ? steps[step] : `${steps[step]} (${leg})`
  const exchange = handle === '' ? '' : `, exchange ${handle}`
  return `  ${kind}: ${what} ${meanings[kind]} ${at}; shown by ${shown}${exchange}\n`
}

function sideLine(side: ReconciledSide): string {
  const { organisation, log, first, size, opened, unopened, erased, bystanders } = side
  const range = first === 0 ? `${size} entries` : `entries ${first} to ${size - 1}`
  const hidden = unopened === 0 ? '' : `, ${unopened} NOT opened`
  const gone = erased === 0 ? '' : `, ${erased} said to be erased`
  const marked = bystanders === 0 ? '' : ` (${bystanders} sealed from a bystander)`
  const until = new Date(side.knownUntilMs).toISOString()
  return `${organisation}: ${log}, ${range}, ${opened} exchanges opened${marked}${hidden}${gone}, known until ${until}\n`
}

function countLine({ counts }: ReconciliationReport): string {
  const { matched, pending, refusedHere, elsewhere, repeats, lost, closed } = counts
  const parts = [
    `${matched} matched`,
    `${pending} too young to say`,
    ...(refusedHere > 0 ? [`${refusedHere} refused before they were asked`] : []),
    ...(repeats > 0 ? [`${repeats} repeats`] : []),
    ...(lost > 0 ? [`${lost} answers not taken`] : []),
    ...(elsewhere > 0 ? [`${elsewhere} entries of exchanges with others`] : []),
    ...(closed > 0 ? [`${closed} earlier gaps closed`] : []),
  ]
  return `${parts.join(', ')}.\n`
}

/** What a run found, for people. */
export function reportText(report: ReconciliationReport): string {
  const { sides, counts, gaps, isEvidence } = report
  const total = Object.values(counts.gaps).reduce((sum, count) => sum + count, 0)
  const head = `${sides.map(sideLine).join('')}${countLine(report)}`
  if (total === 0) return `${head}Both sides are reconciled: no gap.\n`
  const more = total > gaps.length ? `  and ${total - gaps.length} more\n` : ''
  const verdict = isEvidence
    ? 'The logs do NOT say the same.\n'
    : 'No gap is evidence against anybody; each has to be looked at.\n'
  const noun = total === 1 ? '1 gap' : `${total} gaps`
  return `${head}${noun}:\n${gaps.map(gapLine).join('')}${more}${verdict}`
}
