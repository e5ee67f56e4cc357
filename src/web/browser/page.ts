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
const [reloading] = document.querySelectorAll<HTMLElement>('[data-reload-ms]')
if (reloading !== undefined) {
  setTimeout(() => location.reload(), Number(reloading.dataset['reloadMs'] ?? '1500'))
}
for (const stage of document.querySelectorAll<HTMLElement>('[data-proof-state]')) {
  void watchProof(stage)
}
