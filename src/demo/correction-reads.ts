import * as z from 'zod'
import type { HttpResponse } from '../ports/index.ts'
import type { AnswerCorrection } from '../web/index.ts'
import { jsonOf } from '../pages/index.ts'

const correctionsSchema = z.object({
  corrections: z.array(
    z
      .object({
        elements: z.array(z.string()),
        correctedAtMs: z.int(),
        receivedAtMs: z.int(),
        log: z.string(),
        entry: z.int(),
      })
      .transform(({ log, entry, ...rest }) => ({ ...rest, origin: log, entryIndex: entry })),
  ),
})

/** What was corrected in an organisation's own answers. */
export interface CorrectionReads {
  /** Oldest first; nothing for an exchange that the gateway does not know. */
  corrections(exchangeId: string): Promise<readonly AnswerCorrection[]>
}

/** Reads at the gateway of whoever asked; `gatewayUrl` without a slash at the end. */
export function correctionReads(
  get: (url: string, authorised: boolean) => Promise<HttpResponse>,
  gatewayUrl: string,
): CorrectionReads {
  return {
    async corrections(exchangeId) {
      const response = await get(`${gatewayUrl}/v1/asks/${exchangeId}/corrections`, true)
      if (response.status === 404) return []
      return correctionsSchema.parse(jsonOf(response)).corrections
    },
  }
}
