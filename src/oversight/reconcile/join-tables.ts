import type { ExchangeStep } from './exchange-step.ts'
import type { Finding } from './judged.ts'

function differs(at: string, shownBy: readonly ExchangeStep[]): Finding {
  return { kind: 'DIGEST_DIFFERS', at, step: 'released', shownBy }
}

/** Where a holder released another table than the one that its own log says it was sent. */
function ownFinding(
  released: ExchangeStep,
  all: readonly ExchangeStep[],
  tally: string,
): Finding | undefined {
  const { organisation, resultDigest } = released
  if (organisation === tally) return undefined
  const came = all.filter((step) => step.organisation === organisation && step.code === 'M6')
  const isOne = came.length === 0 || came.some((step) => step.resultDigest === resultDigest)
  return isOne ? undefined : differs(organisation, [released, ...came])
}

/**
 * Holds the tables of one join against each other: M6 as its tally has sent it to each holder, and what each of the three
 * released. All must be one. Two of them are the tally's fault, which alone makes tables; a holder that released another one
 * than came to it is named itself.
 */
export function tableFindings(tally: string, all: readonly ExchangeStep[]): readonly Finding[] {
  const released = all.filter(
    ({ kind, resultDigest }) => kind === 'population.released' && resultDigest !== null,
  )
  const own = released.flatMap((step) => ownFinding(step, all, tally) ?? [])
  const named = new Set(own.map(({ at }) => at))
  const sent = all.filter(({ organisation, code }) => organisation === tally && code === 'M6')
  const tables = [...sent, ...released.filter(({ organisation }) => !named.has(organisation))]
  const digests = new Set(tables.map(({ resultDigest }) => resultDigest))
  return digests.size > 1 ? [...own, differs(tally, tables)] : own
}
