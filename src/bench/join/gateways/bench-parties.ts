import type { Side } from '../../../population/psi/index.ts'

/** The organisations of a measured join: who holds left and right, who asks, and who may audit. */
export type BenchParty = (typeof benchParties)[number]

/** All of them. */
export const benchParties = ['tax', 'housing', 'social', 'inspector'] as const

/** Which of them holds a side's register. */
export const holderOf: Readonly<Record<Side, 'tax' | 'housing'>> = { left: 'tax', right: 'housing' }

/** One value for each party. */
export function byParty<Value>(of: (party: BenchParty) => Value): Record<BenchParty, Value> {
  return {
    tax: of('tax'),
    housing: of('housing'),
    social: of('social'),
    inspector: of('inspector'),
  }
}

/** The same of what takes time, for all at once. */
export async function byPartyDone<Value>(
  of: (party: BenchParty) => Promise<Value>,
): Promise<Record<BenchParty, Value>> {
  const begun = byParty(of)
  const [tax, housing, social, inspector] = await Promise.all([
    begun.tax,
    begun.housing,
    begun.social,
    begun.inspector,
  ])
  return { tax, housing, social, inspector }
}
