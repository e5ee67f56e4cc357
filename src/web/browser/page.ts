import { Button, ErrorSummary, ExitThisPage, SkipLink } from 'govuk-frontend'
import { watchProof } from './watch-proof.ts'

const components = [
  ['govuk-button', Button, { preventDoubleClick: true }],
  ['govuk-error-summary', ErrorSummary, {}],
  ['govuk-exit-this-page', ExitThisPage, {}],
  ['govuk-skip-link', SkipLink, {}],
] as const

const started: object[] = []

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const [name, Component, options] of components) {
  for (const root of document.querySelectorAll(`[data-module="${name}"]`)) {
    started.push(new Component(root, options))
  }
}
for (const stage of document.querySelectorAll<HTMLElement>('[data-proof-state]')) {
  void watchProof(stage)
}
