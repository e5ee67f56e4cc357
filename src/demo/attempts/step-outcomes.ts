import { describeProblem } from '../../log/verify/index.ts'
import type { StepOutcome, StepReply } from '../../web/index.ts'

type Replied = Extract<StepOutcome, { kind: 'replies' }>

/** One reply: `permit` or a code, with the cap that was reached and the entry that says so. */
export function oneReply(code: string, more: Pick<StepReply, 'cap' | 'entry'> = {}): Replied {
  return { kind: 'replies', replies: [{ code, times: 1, ...more }] }
}

/** How often each code came, in the order of first coming. */
export function tallyReplies(codes: readonly string[]): Replied {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return { kind: 'replies', replies: [...counts].map(([code, times]) => ({ code, times })) }
}

function replySays({ code, times, cap, entry }: StepReply): string {
  const often = times === 1 ? '' : ` ×${times}`
  const why = cap === undefined ? '' : ` (${cap})`
  const place = entry === undefined ? '' : `, ${entry.organisation}'s entry ${entry.index}`
  return `${code}${often}${why}${place}`
}

/** What came of one step, as the story tells it on a terminal: codes, and the verifier's English sentence. */
export function outcomeSays(outcome: StepOutcome): string {
  switch (outcome.kind) {
    case 'replies':
      return outcome.replies.map((reply) => replySays(reply)).join(', ')
    case 'verified':
      return 'verified'
    case 'unpublished':
      return 'not verified yet'
    case 'log-problem':
      return describeProblem(outcome.problem)
    case 'entries':
      return String(outcome.count)
  }
}
