import type * as z from 'zod'
import { ProtocolError } from '../../../protocol/index.ts'
import { readPopulationMessage } from '../../messages/index.ts'
import { JoinError } from '../../psi/index.ts'

/** Most bytes of a message about a plan: the largest plan, and what goes with it. */
export const mostPlanMessageBytes = 98_304

/**
 * Reads a message that may have a plan in it.
 *
 * @throws ProtocolError `TOO_LARGE`; `MALFORMED`, also for a plan that breaks a rule of plans
 */
export function readPlanMessage<Message>(
  schema: z.ZodType<Message>,
  bytes: Uint8Array,
  maxBytes: number = mostPlanMessageBytes,
): Message {
  try {
    return readPopulationMessage(schema, bytes, maxBytes)
  } catch (cause) {
    if (cause instanceof JoinError) throw new ProtocolError('MALFORMED', cause.message)
    throw cause
  }
}
