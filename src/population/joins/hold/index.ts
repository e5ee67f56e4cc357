export { runBeginner } from './begin-run.ts'
export { pointsRefusal } from './held-plan.ts'
export { JoinAnswerer } from './join-answerer.ts'
export { joinTermsOf } from './join-terms-of.ts'
