import {
  type AgreementProblem,
  type ProblemSentence,
  problemSentences,
} from '../../agreement/index.ts'
import type { RoleFinding } from '../../register/index.ts'
import {
  type DoctorSentence,
  doctorSentences,
  englishOf,
  type HolesOf,
  type LinkSentence,
  linkSentences,
  type Said,
} from '../../sentences/index.ts'

const sentences = { ...doctorSentences, ...linkSentences, ...problemSentences }

/** Key of a sentence that a check may say: the doctor's own, those of the way to a peer, of an agreement's problems. */
export type CheckSentence = DoctorSentence | LinkSentence | ProblemSentence

/** One thing that doctor looked at. It names settings, files, columns and roles, never a record. */
export interface DoctorCheck {
  /** What was looked at: a setting of the configuration. */
  readonly what: string
  readonly ok: boolean
  /** What was found, in English. */
  readonly found: string
  /** What to do, in English; `undefined` where nothing is to be done. */
  readonly fix?: string
  /** {@link found} and {@link fix} in no language. */
  readonly said: { readonly found: Said<CheckSentence>; readonly fix?: Said<CheckSentence> }
}

/** A check as its sentences say it. */
export function checkOf(what: string, ok: boolean, said: DoctorCheck['said']): DoctorCheck {
  const found = englishOf(sentences, said.found)
  const { fix } = said
  return { what, ok, found, ...(fix !== undefined && { fix: englishOf(sentences, fix) }), said }
}

/** The sentence `id` of the doctor, with every hole filled. */
export function says<Id extends DoctorSentence>(
  id: Id,
  values: HolesOf<(typeof doctorSentences)[Id]>,
): Said<Id> {
  return { id, values }
}

/** A check that found nothing wrong. */
export function fine(what: string, found: Said<CheckSentence>): DoctorCheck {
  return checkOf(what, true, { found })
}

/** A check that found something wrong, with what to do about it. */
export function wrong(
  what: string,
  found: Said<CheckSentence>,
  fix: Said<CheckSentence>,
): DoctorCheck {
  return checkOf(what, false, { found, fix })
}

/** What a failure says of itself, for {@link DoctorCheck.found}. */
export function failure(cause: unknown): Said<CheckSentence> {
  return says('doctorSays.said', {
    said: cause instanceof Error ? cause.message : 'unknown failure',
  })
}

/** A right too many of a database's role, with the statement that takes it away. */
export function wrongRight(what: string, { code, what: right, fix }: RoleFinding): DoctorCheck {
  return wrong(what, says('doctorSays.right', { code, said: right }), command(fix))
}

/** A command that is to be typed. */
export function command(text: string): Said<CheckSentence> {
  return says('doctorDo.command', { command: text })
}

/** A page that says what to do. */
export function see(page: string): Said<CheckSentence> {
  return says('doctorDo.see', { page })
}

/** What is wrong with an agreement; where in it is part of what was looked at. */
export function wrongAgreement(what: string, { path, said }: AgreementProblem): DoctorCheck {
  const place = path === '' ? what : `${what} ${path}`
  return wrong(place, said, says('doctorDo.agreement', {}))
}
