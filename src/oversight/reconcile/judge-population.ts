import type { ExchangeStep } from './exchange-step.ts'
import { comparedTo } from './judge-person.ts'
import { type Finding, type Judged, judgedOf, type JudgingRules } from './judged.ts'

function isEnd({ kind }: ExchangeStep): boolean {
  return kind === 'population.released' || kind === 'population.refused'
}

function citation(
  received: ExchangeStep,
  ends: readonly ExchangeStep[],
  provider: string,
): readonly Finding[] {
  const cited = ends.find(({ commitment }) => commitment === received.peer)
  const other = cited ?? ends[0]
  if (other === undefined)
    return [{ kind: 'MISSING_AT_PROVIDER', at: provider, step: 'released', shownBy: [received] }]
  const kind = comparedTo(other, received) ?? (cited === undefined ? 'DIGEST_DIFFERS' : undefined)
  const at = cited === undefined ? provider : received.organisation
  return kind === undefined ? [] : [{ kind, at, step: 'released', shownBy: [received, other] }]
}

/** A refusal that nobody received may be that of a join's plan, which its tally does not write down. */
function unreceived(ends: readonly ExchangeStep[], consumer: string): readonly Finding[] {
  const released = ends.filter(({ kind }) => kind === 'population.released')
  return released.length === 0
    ? []
    : [{ kind: 'MISSING_AT_CONSUMER', at: consumer, step: 'received', shownBy: released }]
}

/**
 * Holds the entries of one question about a population against each other. The consumer writes when it has the
 * answer; a charge without a release may still become one.
 */
export function judgePopulation(all: readonly ExchangeStep[], rules: JudgingRules): Judged {
  const [first] = all
  const { consumer, provider } = first ?? { consumer: '', provider: '' }
  const received = all.filter(({ role }) => role === 'consumer')
  const own = all.filter(({ role }) => role === 'provider')
  const ends = own.filter(isEnd)
  const found =
    received.length === 0
      ? unreceived(ends, consumer)
      : received.flatMap((step) => citation(step, ends, provider))
  const charged = own.filter(({ kind }) => kind === 'population.reserved')
  const open: Finding[] =
    received.length === 0 && ends.length === 0 && charged.length > 0
      ? [{ kind: 'UNANSWERED', at: provider, step: 'released', shownBy: charged }]
      : []
  const again: Finding[] =
    received.length > 1
      ? [{ kind: 'ENTRY_REPEATED', at: consumer, step: 'received', shownBy: received }]
      : []
  return judgedOf([...found, ...open, ...again], rules)
}
