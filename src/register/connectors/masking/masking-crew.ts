import * as z from 'zod'
import { type JoinTierName, joinTierNames } from '../../../crypto/index.ts'

/** What the points of a register's rows are computed with. */
export interface MaskingCrew {
  /** That compute at the same time. */
  readonly threads: number
  /** Which implementation of the group; the fastest of the machine where it is left out. */
  readonly tier?: JoinTierName | undefined
}

const schema: z.ZodType<MaskingCrew> = z.strictObject({
  threads: z.int().min(1).max(64),
  tier: z.enum(joinTierNames).optional(),
})

/** How a crew is told to a masking process that is started. */
export function maskingCrewText(crew: MaskingCrew): string {
  return JSON.stringify(crew)
}

/** Reads what {@link maskingCrewText} wrote. Throws for anything else. */
export function readMaskingCrew(text: string): MaskingCrew {
  return schema.parse(JSON.parse(text))
}
