import * as z from 'zod'

import { ProtocolError } from './protocol-error.ts'

/** The short name of an organisation: 2 to 31 lower-case letters, digits and hyphens, a letter first. */
export type OrganisationId = string & z.core.$brand<'OrganisationId'>

/** The form of an organisation id in a message. */
export const organisationIdSchema: z.core.$ZodBranded<z.ZodString, 'OrganisationId'> = z
  .string()
  .max(31)
  .regex(/^[a-z][a-z0-9-]{1,30}$/)
  .brand<'OrganisationId'>()

/**
 * Reads an organisation id.
 *
 * @throws {@link ProtocolError} `MALFORMED`
 */
export function parseOrganisationId(text: string): OrganisationId {
  const read = z.safeParse(organisationIdSchema, text)
  if (!read.success) throw new ProtocolError('MALFORMED', 'not an organisation id')
  return read.data
}
