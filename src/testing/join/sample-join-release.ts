import {
  type BothTerms,
  type JoinQuestion,
  type JoinReleaseParts,
  planOf,
} from '../../population/index.ts'
import {
  drawDummies,
  groupCount,
  type JoinPlan,
  lawOfPart,
  partsOf,
} from '../../population/psi/index.ts'
import { sampleSignatures } from './sample-signers.ts'
import type { UniformDraws } from '../../population/privacy/index.ts'
import { sampleBothTerms, sampleJoinQuestion } from './sample-terms.ts'

/** What a made-up join counts in one cell of one part, without noise. */
export type SampleTruth = (part: 'people' | 'units', left: number, right: number) => number

/** The plan of a question that the samples allow. */
export function sampleJoinPlan(question: JoinQuestion, terms: BothTerms): JoinPlan {
  const planning = planOf(question, {
    ...terms,
    nowMs: 1_800_000_000_000,
    qid: '00112233445566778899aabbccddeeff',
  })
  if (!planning.ok) throw new TypeError(planning.refusal.message)
  return planning.plan
}

/** What a run of a question would give, with both holders' noise out of `draws`. */
export function sampleJoinReleaseParts(
  changes: Partial<JoinQuestion>,
  truth: SampleTruth,
  draws: UniformDraws,
): JoinReleaseParts {
  const terms = sampleBothTerms()
  return partsOfPlan(sampleJoinPlan(sampleJoinQuestion(changes), terms), terms, { truth, draws })
}

/** What a run of a plan would give. */
export function partsOfPlan(
  plan: JoinPlan,
  terms: BothTerms,
  { truth, draws }: { readonly truth: SampleTruth; readonly draws: UniformDraws },
): JoinReleaseParts {
  const tables = partsOf(plan).map((part) => {
    const law = lawOfPart(part)
    const noise = (): number => drawDummies(draws, law) + drawDummies(draws, law) - law.tau
    return Array.from({ length: groupCount(plan, 'left') }, (_, i) =>
      Array.from({ length: groupCount(plan, 'right') }, (_column, j) => {
        return truth(part.name, i, j) + noise()
      }),
    )
  })
  const root = new Uint8Array(32).fill(7)
  return {
    plan,
    asOfMs: 1_800_000_000_000,
    legalBasis: [...terms.left.agreement.legalBasis, ...terms.right.agreement.legalBasis],
    tables,
    roots: { left: root, right: root },
    remasked: { left: root, right: root },
    signatures: sampleSignatures(plan),
  }
}
