import { h } from 'preact'
import { releaseBytes, releaseDigest } from '../../population/index.ts'
import type { ReleaseFile } from '../../population/index.ts'
import { SummaryList } from '../components/summary-list.ts'
import type { SummaryRow } from '../components/summary-list.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import { epsilonText } from './exact-text.ts'

/** Whose log has the entry of a release, and where. */
export interface CertifiedEntry {
  readonly organisation: string
  readonly index: number
}

function code(text: string): Markup {
  return h('code', { class: 'app-code' }, text)
}

function privacyRows(words: Words, { release }: ReleaseFile): readonly SummaryRow[] {
  const { certificate } = release
  const { method, microEpsilon, deltaExponent, bounds, budget, legalLine } = certificate
  const delta =
    deltaExponent === null
      ? words.t('certificate.noDelta')
      : words.t('certificate.deltaPower', { exponent: deltaExponent })
  const clamped = bounds && {
    key: words.t('certificate.bounds'),
    value: words.t('certificate.boundsText', {
      element: words.named('element', bounds.element),
      min: words.exact(String(bounds.min)),
      max: words.exact(String(bounds.max)),
    }),
  }
  const spent = {
    before: epsilonText(words, budget.before),
    after: epsilonText(words, budget.after),
  }
  return [
    { key: words.t('certificate.method'), value: words.named('method', method) },
    { key: words.t('certificate.epsilon'), value: epsilonText(words, microEpsilon) },
    { key: words.t('certificate.delta'), value: delta },
    { key: words.t('certificate.unit'), value: words.t('certificate.person') },
    ...(clamped === null ? [] : [clamped]),
    { key: words.t('certificate.composition'), value: words.t('certificate.basic') },
    { key: words.t('certificate.budget'), value: words.t('certificate.budgetText', spent) },
    {
      key: words.t('certificate.law'),
      value: words.list(legalLine.map((line) => words.named('legalLine', line))),
    },
  ]
}

/** How a table was made private, what it cost, and what shows that its provider made it. */
export function CertificateList({
  words,
  file,
  entry,
}: {
  readonly words: Words
  readonly file: ReleaseFile
  readonly entry: CertifiedEntry
}): Markup {
  const { release, signature } = file
  const { organisation, index } = entry
  return h(SummaryList, {
    classes: 'app-facts',
    rows: [
      { key: words.t('catalogue.snapshot'), value: release.snapshot },
      ...privacyRows(words, file),
      { key: words.t('certificate.signed'), value: code(signature.keyId) },
      {
        key: words.t('certificate.entry'),
        value: words.t('entry.number', { index, organisation }),
      },
      { key: words.t('certificate.digest'), value: code(releaseDigest(releaseBytes(release))) },
    ],
  })
}
