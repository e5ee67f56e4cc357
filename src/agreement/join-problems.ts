import type { JoinAgreement } from './agreement.ts'
import type { AgreementProblem } from './agreement-error.ts'

/** The deltas that the noise of a join can be made with, as exponents: `spec/join.md`. */
const deltaExponents = { least: 6, most: 12 }

/** What is wrong with the terms that only a join has: four organisations take part, and none in two parts. */
export function joinProblems(agreement: JoinAgreement): readonly AgreementProblem[] {
  const { provider, consumer, join, signatures, privacyBudget } = agreement
  const { deltaExponent } = privacyBudget
  const { least, most } = deltaExponents
  const parties = new Set<string>([provider, consumer, join.with, join.inspector])
  const problems: AgreementProblem[] = []
  if (parties.size < 4)
    problems.push({
      code: 'RULE_PARTIES',
      path: 'join',
      message: 'holders, the one that asks and the inspector must be four different organisations',
    })
  if (signatures.some(({ organisation }) => organisation === join.with))
    problems.push({
      code: 'RULE_PARTIES',
      path: 'signatures',
      message: 'the other holder countersigns nothing of a join',
    })
  if (deltaExponent === null || deltaExponent < least || deltaExponent > most)
    problems.push({
      code: 'RULE_BUDGET',
      path: 'privacyBudget.deltaExponent',
      message: `the noise of a join has a delta: a deltaExponent from ${least} to ${most}`,
    })
  return problems
}
