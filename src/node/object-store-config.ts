import * as z from 'zod'
import { pathField, urlField } from './config-fields.ts'

/** An S3-compatible object store in place of the published folder. */
export interface ObjectStoreConfig {
  readonly endpoint: string
  readonly bucket: string
  readonly prefix: string
  readonly region: string
  readonly credentials_file: string
}

/** Accepts an {@link ObjectStoreConfig}. */
export const objectStoreSchema: z.ZodType<ObjectStoreConfig> = z.strictObject({
  endpoint: urlField,
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
  prefix: z
    .string()
    .regex(/^(?:[\w.-]+(?:\/[\w.-]+)*)?$/, 'must be plain names with "/" between them')
    .default(''),
  region: z.string().regex(/^[a-z0-9-]+$/, 'must be the name of a region'),
  credentials_file: pathField,
})
