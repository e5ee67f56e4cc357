import type { LogProblem } from '../../log/verify/index.ts'
import type { Words } from '../messages/words.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext } from '../page-route.ts'
import type { StepOutcome, StepReply } from './step-outcome.ts'

/** What a code of a question about a person, of one about a population, or of a verifier means. */
export function codeText(words: Words, code: string): string {
  return (
    words.find('code', code) ??
    words.find('tableCode', code)?.replace(/\.$/, '') ??
    words.t(code === 'nothing' ? 'step.nothing' : 'step.unexplained', { code })
  )
}

function replyText(
  { words, organisations }: Pick<PageContext, 'words' | 'organisations'>,
  { code, times, cap, entry }: StepReply,
): string {
  const often = times === 1 ? '' : ` ×${times}`
  if (code === 'permit') return `${words.named('outcome', code)}${often}`
  const reached = cap === undefined ? undefined : words.find('cap', cap)
  const text = codeText(words, code)
  const why = reached === undefined ? text : `${words.t('label.before', { text })} ${reached}`
  const said = `${words.named('outcome', 'deny')}${often}. ${why}.`
  if (entry === undefined) return said
  const { organisation, index } = entry
  const place = { index, organisation: nameOf(organisations, words)(organisation) }
  return `${said} ${words.t('entry.number', place)}.`
}

function problemText(words: Words, { code, file, entry }: LogProblem): string {
  const what = codeText(words, code)
  return entry === undefined
    ? words.t('step.problem', { what, file })
    : words.t('step.problemAt', { what, file, entry })
}

/** What came of one step, in the page's language. */
export function outcomeText(
  context: Pick<PageContext, 'words' | 'organisations'>,
  outcome: StepOutcome,
): string {
  const { words } = context
  switch (outcome.kind) {
    case 'replies':
      return outcome.replies.map((reply) => replyText(context, reply)).join(' · ')
    case 'verified':
      return words.t('step.verified')
    case 'unpublished':
      return words.t('step.unpublished')
    case 'log-problem':
      return problemText(words, outcome.problem)
    case 'entries':
      return words.t('step.entries', { count: outcome.count })
  }
}
