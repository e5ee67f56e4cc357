import { addMonths } from '../../agreement/index.ts'

/** When a request must be decided: one calendar month after its entry (GDPR 12(3)). */
export function requestDueMs(filedAtMs: number): number {
  return addMonths(filedAtMs, 1)
}

/** When an extended one must be: by two further months, counted from the entry (GDPR 12(3)). */
export function extendedDueMs(filedAtMs: number): number {
  return addMonths(filedAtMs, 3)
}
