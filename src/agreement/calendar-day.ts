import { civilDate, daysFromCivil } from '../log/index.ts'
import { dayMs } from './calendar.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** The UTC day of a time, as `YYYY-MM-DD`. */
export function dayText(timeMs: number): string {
  const { year, month, day } = civilDate(Math.floor(timeMs / dayMs))
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** The UTC minute of a time, as `YYYY-MM-DD HH:MM UTC`. */
export function minuteText(timeMs: number): string {
  const minutes = Math.floor((timeMs % dayMs) / 60_000)
  return `${dayText(timeMs)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)} UTC`
}

/** When the UTC day `YYYY-MM-DD` begins, in milliseconds; `undefined` for a day that no calendar has. */
export function dayBegin(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (parts === null) return undefined
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (month < 1 || month > 12 || day < 1) return undefined
  const beginMs = daysFromCivil({ year, month, day }) * dayMs
  return dayText(beginMs) === text && beginMs >= 0 ? beginMs : undefined
}
