export {
  analystSchema,
  parsePopulationQuestion,
  populationQuestionBytes,
  type PopulationQuestion,
  populationQuestionPath,
  populationQuestionSchema,
} from './population-question.ts'
export {
  budgetSpentSchema,
  parsePopulationAnswer,
  type PopulationAnswer,
  outcomeSchema,
  populationAnswerSchema,
  type PendingAnswer,
  type RefusedAnswer,
  type ReleasedAnswer,
  type ReleaseSignature,
} from './population-answer.ts'
export {
  type BudgetReport,
  type Catalogue,
  type CatalogueElement,
  type ListedCharge,
  parsePreviewAnswer,
  parsePreviewRequest,
  populationPreviewPath,
  type PreviewAnswer,
  previewAnswerBytes,
  previewAnswerSchema,
  type PreviewReport,
  type PreviewRequest,
  previewRequestBytes,
  previewRequestSchema,
  type RefusalReport,
} from './population-preview.ts'
export {
  mostAnswerBytes,
  mostQuestionBytes,
  readPopulationMessage,
} from './read-population-message.ts'
