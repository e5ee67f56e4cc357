import { h } from 'preact'
import type { LintFinding } from '../../../agreement/index.ts'
import { Card } from '../../components/card.ts'
import { Tag } from '../../components/tag.ts'
import type { Markup } from '../../markup.ts'
import { citation } from '../../citation.ts'
import { saying } from '../../messages/saying.ts'
import type { Words } from '../../messages/words.ts'

function item(words: Words, { code, severity, law, path, said }: LintFinding): Markup {
  const isWarning = severity === 'warning'
  return h(
    'li',
    null,
    h(
      Card,
      {
        title: words.named('lint', code),
        level: 3,
        aside: h(Tag, {
          text: words.t(isWarning ? 'lint.warning' : 'lint.advice'),
          tone: isWarning ? 'waiting' : 'plain',
        }),
      },
      h('p', { class: 'govuk-body' }, saying(words, said.message), ' ', saying(words, said.advice)),
      h(
        'p',
        { class: 'govuk-body-s' },
        `${citation(words, law)} · `,
        h('code', { class: 'app-code app-anywhere' }, path),
      ),
    ),
  )
}

/** What the law would ask about an agreement, warnings first. An agreement with findings can be signed. */
export function FindingList(props: {
  readonly words: Words
  readonly findings: readonly LintFinding[]
}): Markup {
  const { words, findings } = props
  if (findings.length === 0) return h('p', { class: 'govuk-body' }, words.t('lint.none'))
  const rank = ({ severity }: LintFinding): number => (severity === 'warning' ? 0 : 1)
  return h(
    'ul',
    { class: 'app-stack' },
    findings
      .toSorted((one, other) => rank(one) - rank(other))
      .map((finding) => item(words, finding)),
  )
}
