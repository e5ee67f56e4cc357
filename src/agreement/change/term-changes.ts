import { canonicalJson } from '../../bytes/index.ts'
import { isAboutPersons } from '../about-persons.ts'
import type { AboutPersons } from '../about-persons.ts'
import type { Agreement, Precondition } from '../agreement.ts'
import { dayText } from '../calendar-day.ts'
import { type AgreementChange, changeOf } from './agreement-change.ts'

/** Changes of everything that is a number, a time or a list of conditions. */
export function termChanges(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  return [
    ...lessIsNarrower('approximateNumber', 'changeSays.approximateNumber', [
      previous.approximateNumber,
      next.approximateNumber,
    ]),
    ...lessIsNarrower('retention.days', 'changeSays.retention', [
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
    ...lessIsNarrower('privacyBudget.perQuestionMicroEpsilon', 'changeSays.perQuestion', [
      oneBefore,
      one,
    ]),
    ...lessIsNarrower('privacyBudget.perYearMicroEpsilon', 'changeSays.perYear', [
      yearBefore,
      year,
    ]),
    ...deltaChange(previous.privacyBudget.deltaExponent, next.privacyBudget.deltaExponent),
  ]
}

function personChanges(previous: AboutPersons, next: AboutPersons): readonly AgreementChange[] {
  const capsBefore = new Map<string, number>(Object.entries(previous.caps))
  return [
    ...Object.entries(next.caps).flatMap(([cap, now]) =>
      capChange(cap, capsBefore.get(cap) ?? 0, now),
    ),
    ...contestChange(previous.contest.days, next.contest.days),
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
      .map((one) =>
        changeOf('wider', 'preconditions', 'changeSays.condition-gone', { condition: one.kind }),
      ),
    ...next
      .filter((one) => !known(previous, one))
      .map((one) =>
        changeOf('narrower', 'preconditions', 'changeSays.condition-added', {
          condition: one.kind,
        }),
      ),
  ]
}

function issuerChanges(previous: AboutPersons, next: AboutPersons): readonly AgreementChange[] {
  const texts = ({ consentIssuers }: AboutPersons): readonly string[] =>
    consentIssuers.map((issuer) => canonicalJson(issuer))
  const before = texts(previous)
  const now = texts(next)
  return [
    ...(now.some((one) => !before.includes(one))
      ? [changeOf('wider', 'consentIssuers', 'changeSays.issuer-added', {})]
      : []),
    ...(before.some((one) => !now.includes(one))
      ? [changeOf('narrower', 'consentIssuers', 'changeSays.issuer-gone', {})]
      : []),
  ]
}

function disposalChange(previous: Agreement, next: Agreement): readonly AgreementChange[] {
  if (previous.retention.disposal === next.retention.disposal) return []
  return [changeOf('wider', 'retention.disposal', 'changeSays.disposal', {})]
}

function beginChange(before: number, now: number): readonly AgreementChange[] {
  if (before === now) return []
  const days = { before: dayText(before), now: dayText(now) }
  const effect = now > before ? 'narrower' : 'wider'
  return [changeOf(effect, 'notBeforeMs', 'changeSays.begin', days)]
}

function endChange(before: number, now: number): readonly AgreementChange[] {
  if (before === now) return []
  const days = { before: dayText(before - 1), now: dayText(now - 1) }
  const effect = now < before ? 'narrower' : 'wider'
  return [changeOf(effect, 'notAfterMs', 'changeSays.end', days)]
}

/** A larger exponent is a smaller delta, and none at all is the smallest. */
function deltaChange(before: number | null, now: number | null): readonly AgreementChange[] {
  const size = (exponent: number | null): number =>
    exponent === null ? Number.MAX_SAFE_INTEGER : exponent
  if (before === now) return []
  const effect = size(now) > size(before) ? 'narrower' : 'wider'
  return [changeOf(effect, 'privacyBudget.deltaExponent', 'changeSays.delta', {})]
}

function capChange(cap: string, before: number, now: number): readonly AgreementChange[] {
  if (before === now) return []
  const effect = now < before ? 'narrower' : 'wider'
  return [changeOf(effect, `caps.${cap}`, 'changeSays.cap', { cap, before, now })]
}

/** More time to contest allows less. */
function contestChange(before: number, now: number): readonly AgreementChange[] {
  if (before === now) return []
  const effect = now > before ? 'narrower' : 'wider'
  return [changeOf(effect, 'contest.days', 'changeSays.contest', { before, now })]
}

type LimitSentence = `changeSays.${'approximateNumber' | 'retention' | 'perQuestion' | 'perYear'}`

function lessIsNarrower(
  path: string,
  id: LimitSentence,
  [before, now]: readonly [before: number, now: number],
): readonly AgreementChange[] {
  if (before === now) return []
  return [changeOf(now < before ? 'narrower' : 'wider', path, id, { before, now })]
}
