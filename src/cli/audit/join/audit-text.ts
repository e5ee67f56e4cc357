import type { AuditAnswer, AuditsAnswer, FoundAnswer } from './audit-answers.ts'

const words: Readonly<Record<string, string>> = {
  PLACES_MISSING: 'it opened other places than those that were drawn',
  INPUT_NOT_COMMITTED: 'what stands there is not what it was bound to, or its token does not open',
  INPUT_NOT_MASKED: 'the point is not that person under the one key of the run: a mark',
  UNIT_OUTSIDE: 'the row counts as a unit that the plan does not have',
  DUMMIES_NOT_COMMITTED: 'its dummies are not those that it was bound to',
  DUMMY_NOT_LISTED: 'a dummy is missing in its list',
  SLOT_NOT_DUMMY: "a point that it added to the other's list is no dummy",
  EVIDENCE_MISSING: 'it showed nothing in time',
  EVIDENCE_CONTRADICTS: 'it shows another commitment or result than two others',
  ANSWER_MISSING: 'it answered nothing in time',
  ANSWER_MALFORMED: 'its answer has another form',
  LIST_MISSING: 'a list of the opened side did not come',
  LIST_NOT_COMMITTED: 'a list is another than the table was made of',
}

const most = 20

function when(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}

function foundText({ party, code, at }: FoundAnswer, { parties }: AuditAnswer): string {
  const who = party === null ? 'the three' : parties[party]
  const where = at === null ? '' : ` at ${at}`
  return `  ${who}: ${code}${where}: ${words[code] ?? code}\n`
}

function openedText({ finding }: AuditAnswer): string {
  if (finding === null) return ''
  return (['left', 'right'] as const)
    .map((side) => {
      const { organisation, places, dummies } = finding.parties[side]
      const also = dummies === null ? '' : ` and all ${dummies} dummies`
      return `  ${organisation} opened ${places} places${also}\n`
    })
    .join('')
}

function endText(audit: AuditAnswer): string {
  const { finding, holds, isDrawRight } = audit
  if (finding === null) return ''
  const { findings } = finding
  const more = findings.length > most ? `  and ${findings.length - most} more: --json\n` : ''
  const verdict =
    holds === true ? 'The audit holds: nothing was found.' : `Found ${findings.length}:`
  const draw =
    isDrawRight === null
      ? 'Nothing was drawn.'
      : isDrawRight
        ? 'The places are those that all four drew together.'
        : 'THE PLACES ARE NOT those that nonce and shares draw: do not rely on this finding.'
  const found = findings.slice(0, most).map((one) => foundText(one, audit))
  return `${verdict}\n${found.join('')}${more}${openedText(audit)}${draw}\n`
}

/** One audit, for people. */
export function auditText(audit: AuditAnswer): string {
  const { qid, parties, begunMs, state, messages } = audit
  const head = `${qid}: ${parties.left} and ${parties.right}, counted by ${parties.tally}; begun ${when(begunMs)}\n`
  if (state === 'lost')
    return `${head}What was kept of it could not be read any more, and nothing was found.\n`
  if (state === 'ended') return `${head}${endText(audit)}`
  const legs = messages.map(
    ({ leg, direction, party, atMs }) =>
      `  ${new Date(atMs).toISOString().slice(11, 19)}  ${leg}  ${direction === 'sent' ? 'to' : 'from'} ${party}\n`,
  )
  return `${head}It runs:\n${legs.join('')}`
}

function stateWords({ state, holds, finding }: AuditAnswer): string {
  if (state !== 'ended') return state
  return holds === true ? 'holds' : `found ${finding?.findings.length ?? 0}`
}

/** All audits, and what may be audited, for people. */
export function auditsText({ audits, auditable, unreachable }: AuditsAnswer): string {
  const done = audits.map(
    (one) =>
      `${one.qid}  ${when(one.begunMs)}  ${stateWords(one)}  ${one.parties.left}, ${one.parties.right}\n`,
  )
  const own = new Set(audits.map(({ qid }) => qid))
  const open = auditable
    .filter(({ qid }) => !own.has(qid))
    .map(
      ({ qid, untilMs, seenAt }) =>
        `${qid}  until ${when(untilMs)}  may be audited  ${seenAt.join(', ')}\n`,
    )
  const away = unreachable.map((id) => `${id} cannot be reached: its joins are not listed.\n`)
  const all = [...done, ...open]
  const none = all.length === 0 ? ['No join names this organisation as its inspector now.\n'] : all
  return [...none, ...away].join('')
}
