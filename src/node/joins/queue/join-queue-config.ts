import * as z from 'zod'
import { pathField } from '../../config-fields.ts'
import { type ObjectStoreConfig, objectStoreSchema } from '../../object-store-config.ts'

/** Where parts of joins are shared out over machines; the same for a gateway and its workers. */
export interface JoinQueueConfig {
  /** Connection string of the queue's PostgreSQL database, in a file. Secret. */
  readonly dsn_file: string
  /** The key that seals parts: 32 bytes in base64, one line. Secret, of gateway and workers alone. */
  readonly key_file: string
  /** A folder that all machines mount; or an object store. */
  readonly folder?: string | undefined
  readonly object_store?: ObjectStoreConfig | undefined
  /** How many parts a batch is dealt into, beside the one that the gateway computes itself. */
  readonly workers: number
}

/** Accepts a {@link JoinQueueConfig}. */
export const joinQueueSchema: z.ZodType<JoinQueueConfig> = z
  .strictObject({
    dsn_file: pathField,
    key_file: pathField,
    folder: pathField.optional(),
    object_store: objectStoreSchema.optional(),
    workers: z.int().min(1).max(64).default(4),
  })
  .refine(({ folder, object_store }) => (folder === undefined) !== (object_store === undefined), {
    error: 'must have either a folder that all machines mount, or an object_store',
  })
