export { beginRun } from './begin-run.ts'
export { JoinAnswerer } from './join-answerer.ts'
export { joinTermsOf } from './join-terms-of.ts'
