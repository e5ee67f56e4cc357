import { h } from 'preact'
import { isJoinRefuted } from '../../../population/index.ts'
import type { JoinView } from '../../../population/index.ts'
import type { Markup } from '../../markup.ts'
import type { PageContext } from '../../page-route.ts'
import { partiesOf } from './join-words.ts'

/** Whether the signatures of a table's certificate hold, by the own gateway, and what that says and what not. */
export function JoinSigned({
  context,
  view,
}: {
  readonly context: PageContext
  readonly view: Extract<JoinView, { state: 'released' }>
}): Markup {
  const { words } = context
  const { proof, plan } = view
  const names = partiesOf(context, plan)
  const isRefuted = isJoinRefuted(proof)
  const verdict = isRefuted ? 'fails' : proof.codes.length > 0 ? 'warns' : 'holds'
  const note = (text: string): Markup => h('p', { class: 'app-verdict__note' }, text)
  const signers = proof.signers.map(({ party, state }) =>
    note(
      words.t('joinProof.signer', {
        organisation: names[party],
        state: words.named('signer', state),
      }),
    ),
  )
  const tone = verdict === 'holds' ? '' : ' app-verdict--refused'
  const meaning = isRefuted
    ? words.t('joinProof.failsMeans', { inspector: names.inspector })
    : words.t('joinProof.means')
  return h(
    'section',
    { 'aria-labelledby': 'signed' },
    h('h2', { class: 'govuk-heading-m', id: 'signed' }, words.t('joinProof.title')),
    h(
      'div',
      { class: `app-verdict${tone}` },
      h('p', { class: 'app-verdict__value' }, words.t(`joinProof.${verdict}`)),
      ...signers,
      note(words.named('tableState', proof.table.state)),
    ),
    h('p', { class: 'govuk-body app-measure' }, meaning),
  )
}
