import type { AboutPersons } from '../about-persons.ts'

/** Whether the person hears of an exchange at once, or when. */
export interface NoticeTime {
  readonly notice: 'immediate' | 'withheld'
  /** When a withheld notice opens; `null` for an immediate one. */
  readonly noticeUntilMs: number | null
}

/**
 * The notice of an exchange at `nowMs` under an order that ends at `secrecyUntilMs`, `null` for none. A notice
 * opens with the order or with the agreement's own end, whichever is first; without an order it is immediate.
 */
export function noticeUnder(
  { notice }: Pick<AboutPersons, 'notice'>,
  secrecyUntilMs: number | null,
  nowMs: number,
): NoticeTime {
  const immediate: NoticeTime = { notice: 'immediate', noticeUntilMs: null }
  if (notice.kind === 'immediate' || secrecyUntilMs === null) return immediate
  const untilMs = Math.min(notice.untilMs, secrecyUntilMs)
  return nowMs < untilMs ? { notice: 'withheld', noticeUntilMs: untilMs } : immediate
}
