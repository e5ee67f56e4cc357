import { type BudgetReport, millionthsText } from '../../population/index.ts'

const whose: Readonly<Record<BudgetReport['accounts'][number]['account'], string>> = {
  population: 'of the population, whoever asks',
  agreement: 'under this agreement',
  analyst: 'by this analyst',
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** What is left of a year, and why, in a few lines. */
export function budgetText({ population, year, accounts, charges }: BudgetReport): string {
  if (year === null)
    return `No year of the population "${population}" is open, so nothing can be asked about it. Its data protection officer opens one: cloison stats budget open.\n`
  const lines = accounts.map(({ account, most, spent }) => {
    const left = millionthsText(Math.max(0, most - spent))
    return `  ${left.padStart(8)} left of ${millionthsText(most)}, ${whose[account]}`
  })
  const last = charges.map(
    ({ seq, entry, microEpsilon, agreement }) =>
      `  ${String(seq).padStart(4)}  ${millionthsText(microEpsilon).padStart(8)}  under ${agreement}, entry ${entry} of the provider's log`,
  )
  return [
    `Epsilon for the population "${population}", from ${day(year.fromMs)} to before ${day(year.untilMs)}:`,
    ...lines,
    charges.length === 0 ? 'Nothing is spent yet.' : 'Spent, the newest last:',
    ...last,
    'What is reserved is spent for good, also when no release came of it; the same question again costs nothing.',
    '',
  ].join('\n')
}
