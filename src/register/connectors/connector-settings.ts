import * as z from 'zod'

import type { RegisterPlace } from './open-register.ts'

const path = z.string().min(1)
const description = z.unknown()

/** What a connector's process is started with: where the records are, and a description that it reads itself. */
export type ConnectorSettings = RegisterPlace & { readonly description?: unknown }

/** The closed schema of {@link ConnectorSettings}. */
export const connectorSettingsSchema: z.ZodType<ConnectorSettings> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['sqlite', 'csv', 'parquet']), path, description }),
  z.strictObject({
    kind: z.literal('postgres'),
    dsnFile: path,
    joinsDsnFile: path.optional(),
    schema: path,
    description,
  }),
  z.strictObject({
    kind: z.literal('http'),
    url: z.string(),
    tokenFile: path,
    authorityFile: path.optional(),
    description,
  }),
])
