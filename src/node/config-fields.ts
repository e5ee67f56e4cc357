import * as z from 'zod'

/** An organisation's id. */
export const idField: z.ZodString = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be lower-case letters, digits and "-"')

/** A path, relative to the configuration file. */
export const pathField: z.ZodString = z.string().min(1)

/** An address without a path. */
export const urlField: z.ZodString = z
  .string()
  .regex(/^https?:\/\/[a-z0-9.:[\]-]+$/i, 'must be an http or https address without a path')
