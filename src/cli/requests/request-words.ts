import type { ListedRequest, OpenedRequest, OpenedStep, ShownNotice } from './request-shape.ts'

const dayMs = 86_400_000

function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`
}

function days(ms: number): string {
  const count = Math.floor(ms / dayMs)
  return count === 1 ? '1 day' : `${count} days`
}

/** How far a request is, with its clock. */
export function standingOf({ state, dueMs, decidedAtMs }: ListedRequest, nowMs: number): string {
  if (decidedAtMs !== null) {
    const late = decidedAtMs > dueMs ? `, ${days(decidedAtMs - dueMs)} late` : ''
    return `${state} at ${minute(decidedAtMs)}${late}`
  }
  const more = state === 'extended' ? 'extended, ' : ''
  return nowMs > dueMs
    ? `${more}OVERDUE since ${minute(dueMs)}`
    : `${more}due by ${minute(dueMs)}, in ${days(dueMs - nowMs)}`
}

/** The list in lines: numbers and dates, nobody's name. */
export function listText(requests: readonly ListedRequest[], nowMs: number): string {
  if (requests.length === 0) return 'Nobody has made a request.\n'
  return requests
    .map((one) => {
      const head = `${String(one.number).padStart(5)}  ${one.kind.padEnd(10)}  filed ${minute(one.filedAtMs)}`
      return `${head}  ${standingOf(one, nowMs)}\n`
    })
    .join('')
}

const gone = '  its text is erased, and its key with it\n'

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  | ${line}\n`)
    .join('')
}

function stepText(step: OpenedStep): string {
  const head = `${minute(step.atMs)}  ${step.step}, entry ${step.entry} of ${step.log}\n`
  if (step.step === 'opened') return head
  if (step.text === null) return `${head}${gone}`
  switch (step.step) {
    case 'filed': {
      const { subject, about, elements, text } = step.text
      const entry = about === null ? '' : `  about entry ${about.entry} of ${about.log}\n`
      const named = elements.length === 0 ? '' : `  elements: ${elements.join(', ')}\n`
      return `${head}  from ${subject.scheme} ${subject.value}\n${entry}${named}${indented(text)}`
    }
    case 'extended':
      return `${head}${indented(step.text.reason)}`
    case 'decided': {
      const { outcome, law, answer, elements, restricts } = step.text
      const by = law === null ? '' : ` by ${law}`
      const what = elements.length === 0 ? '' : `  corrected: ${elements.join(', ')}\n`
      const held = restricts ? '  answers about this person are restricted\n' : ''
      return `${head}  ${outcome}${by}\n${what}${held}${indented(answer)}`
    }
  }
}

function noticeText({
  consumer,
  exchangeId,
  elements,
  state,
  settledAtMs,
  told,
}: ShownNotice): string {
  const at = settledAtMs === null ? '' : minute(settledAtMs)
  const standing = {
    waiting: 'is being told',
    received: `has it since ${at}, entry ${told?.entry ?? '?'}`,
    unknown: `does not know the exchange any more, ${at}`,
  }[state]
  return `${consumer} ${standing}: ${elements.join(', ')} of exchange ${exchangeId}\n`
}

/** One request in lines, with whom its correction was sent to. */
export function requestText(request: OpenedRequest, nowMs: number): string {
  const { number, kind, steps, notices } = request
  const head = `Request ${number}, ${kind}: ${standingOf(request, nowMs)}\n`
  const sent = notices.length === 0 ? '' : `\n${notices.map(noticeText).join('')}`
  return `${head}\n${steps.map(stepText).join('')}${sent}`
}
