import * as z from 'zod'

/** An entry of the answering organisation's log, which its published log must bear out. */
export interface EntryName {
  readonly origin: string
  readonly index: number
  /** Base64. */
  readonly commitment: string
}

/** The closed schema of an {@link EntryName}. */
export const entryNameSchema: z.ZodType<EntryName> = z.strictObject({
  origin: z.string().min(1).max(255),
  index: z.int().min(0),
  commitment: z.base64().length(44),
})
