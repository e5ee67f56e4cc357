import type { JoinAgreement } from './agreement.ts'
import { type AgreementProblem, problem } from './agreement-problem.ts'

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
    problems.push(problem('RULE_PARTIES', 'join', 'problemSays.four-parties', {}))
  if (signatures.some(({ organisation }) => organisation === join.with))
    problems.push(problem('RULE_PARTIES', 'signatures', 'problemSays.other-holder', {}))
  if (deltaExponent === null || deltaExponent < least || deltaExponent > most)
    problems.push(
      problem('RULE_BUDGET', 'privacyBudget.deltaExponent', 'problemSays.delta', { least, most }),
    )
  return problems
}
