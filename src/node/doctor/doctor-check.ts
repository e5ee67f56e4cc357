/** One thing that doctor looked at. It names settings, files, columns and roles, never a record. */
export interface DoctorCheck {
  /** What was looked at: a setting of the configuration. */
  readonly what: string
  readonly ok: boolean
  /** What was found. */
  readonly found: string
  /** What to do; `undefined` where nothing is to be done. */
  readonly fix?: string
}

/** A check that found nothing wrong. */
export function fine(what: string, found: string): DoctorCheck {
  return { what, ok: true, found }
}

/** A check that found something wrong, with what to do about it. */
export function wrong(what: string, found: string, fix: string): DoctorCheck {
  return { what, ok: false, found, fix }
}

/** The first sentence of a failure, for {@link DoctorCheck.found}. */
export function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown failure'
}
