import { canonicalJson } from '../../bytes/index.ts'
import { isAboutPersons } from '../about-persons.ts'
import type { AboutPersons } from '../about-persons.ts'
import type { Agreement, Precondition } from '../agreement.ts'
import { dayText } from '../calendar-day.ts'
import type { AgreementChange } from './agreement-changes.ts'

/** Changes of everything that is a number, a time or a list of conditions. */
export function termChanges(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  return [
    ...lessIsNarrower('approximateNumber', 'the number of people', [
      previous.approximateNumber,
      next.approximateNumber,
    ]),
    ...lessIsNarrower('retention.days', 'the days for which answers are kept', [
      previous.retention.days,
      next.retention.days,
    ]),
    ...disposalChange(previous, next),
    ...beginChange(previous.notBeforeMs, next.notBeforeMs),
    ...endChange(previous.notAfterMs, next.notAfterMs),
    ...kindChanges(previous, next),
  ]
}

function kindChanges(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  if (isAboutPersons(previous) && isAboutPersons(next)) return personChanges(previous, next)
  if (isAboutPersons(previous) || isAboutPersons(next)) return []
  const { perQuestionMicroEpsilon: oneBefore, perYearMicroEpsilon: yearBefore } =
    previous.privacyBudget
  const { perQuestionMicroEpsilon: one, perYearMicroEpsilon: year } = next.privacyBudget
  return [
    ...lessIsNarrower('privacyBudget.perQuestionMicroEpsilon', 'the budget of one question', [
      oneBefore,
      one,
    ]),
    ...lessIsNarrower('privacyBudget.perYearMicroEpsilon', 'the budget of a year', [
      yearBefore,
      year,
    ]),
    ...deltaChange(previous.privacyBudget.deltaExponent, next.privacyBudget.deltaExponent),
  ]
}

function personChanges(previous: AboutPersons, next: AboutPersons): readonly AgreementChange[] {
  const capsBefore = new Map<string, number>(Object.entries(previous.caps))
  return [
    ...Object.entries(next.caps).flatMap(([name, cap]) =>
      lessIsNarrower(`caps.${name}`, `the cap ${name}`, [capsBefore.get(name) ?? 0, cap]),
    ),
    ...lessIsNarrower('contest.days', 'the time to contest', [
      -previous.contest.days,
      -next.contest.days,
    ]),
    ...preconditionChanges(previous.preconditions, next.preconditions),
    ...issuerChanges(previous, next),
  ]
}

function preconditionChanges(
  previous: readonly Precondition[],
  next: readonly Precondition[],
): readonly AgreementChange[] {
  const known = (list: readonly Precondition[], one: Precondition): boolean =>
    list.some((other) => canonicalJson(other) === canonicalJson(one))
  return [
    ...previous
      .filter((one) => !known(next, one))
      .map((one) => wider('preconditions', `the condition ${one.kind} falls away or changes`)),
    ...next
      .filter((one) => !known(previous, one))
      .map((one) => narrower('preconditions', `the condition ${one.kind} must hold as well`)),
  ]
}

function issuerChanges(previous: AboutPersons, next: AboutPersons): readonly AgreementChange[] {
  const texts = ({ consentIssuers }: AboutPersons): readonly string[] =>
    consentIssuers.map((issuer) => canonicalJson(issuer))
  const before = texts(previous)
  const now = texts(next)
  return [
    ...(now.some((one) => !before.includes(one))
      ? [wider('consentIssuers', 'somebody else may attest consent')]
      : []),
    ...(before.some((one) => !now.includes(one))
      ? [narrower('consentIssuers', 'somebody may not attest consent any more')]
      : []),
  ]
}

function disposalChange(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  if (previous.retention.disposal === next.retention.disposal) return []
  return [wider('retention.disposal', 'what happens to answers at the end changes')]
}

function beginChange(before: number, now: number): readonly AgreementChange[] {
  if (before === now) return []
  const reason = `it begins on ${dayText(now)} in place of ${dayText(before)}`
  return [now > before ? narrower('notBeforeMs', reason) : wider('notBeforeMs', reason)]
}

function endChange(before: number, now: number): readonly AgreementChange[] {
  if (before === now) return []
  const reason = `it ends with ${dayText(now - 1)} in place of ${dayText(before - 1)}`
  return [now < before ? narrower('notAfterMs', reason) : wider('notAfterMs', reason)]
}

/** A larger exponent is a smaller delta, and none at all is the smallest. */
function deltaChange(before: number | null, now: number | null): readonly AgreementChange[] {
  const size = (exponent: number | null): number =>
    exponent === null ? Number.MAX_SAFE_INTEGER : exponent
  if (before === now) return []
  const reason = 'the probability of a larger loss of privacy changes'
  const path = 'privacyBudget.deltaExponent'
  return [size(now) > size(before) ? narrower(path, reason) : wider(path, reason)]
}

function lessIsNarrower(
  path: string,
  what: string,
  [before, now]: readonly [before: number, now: number],
): readonly AgreementChange[] {
  if (before === now) return []
  const reason = `${what} goes from ${Math.abs(before)} to ${Math.abs(now)}`
  return [now < before ? narrower(path, reason) : wider(path, reason)]
}

function wider(path: string, reason: string): AgreementChange {
  return { path, effect: 'wider', reason }
}

function narrower(path: string, reason: string): AgreementChange {
  return { path, effect: 'narrower', reason }
}
