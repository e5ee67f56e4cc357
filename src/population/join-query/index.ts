export {
  canonicalJoinQuestion,
  type JoinMeasure,
  type JoinQuestion,
  joinQuestionDigest,
  joinQuestionJson,
  joinQuestionSchema,
  type JoinQuestionSide,
} from './join-question.ts'
export { type BothTerms, type JoinTerms, pairRefusal } from './join-terms.ts'
export { maskPlanOf, type MaskSecrets } from './mask-plan-of.ts'
export { listPoints } from './plan-limits.ts'
export { type Planning, planLifeMs, planOf, type PlanTerms } from './plan-of.ts'
export { joinSeconds, type JoinPreview, partLevelPpm, previewJoin } from './preview-join.ts'
export { questionOf } from './question-of.ts'
export { planChecks, refuseHeld, refusePlan } from './refuse-plan.ts'
