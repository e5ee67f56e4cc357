import * as z from 'zod'
import { isLoopbackHost } from '../../protocol/index.ts'
import { pathField, urlField } from '../config-fields.ts'

/** The case system's database, with a case source's process of this machine. */
export type SqlCaseConfig = {
  readonly kind: 'sql'
  /** What agreements and tokens call the case source. */
  readonly issuer: string
  /** Signs tokens; read by the case source's process alone, never by the gateway. Secret. */
  readonly key_file: string
  readonly description_file: string
} & (
  | { readonly engine: 'sqlite'; readonly path: string }
  | {
      readonly engine: 'postgres'
      /** `postgres://role@host/database` in one line; secret. */
      readonly dsn_file: string
      readonly schema: string
    }
)

/** Where the consumer's cases are looked up. */
export type CaseConfig =
  { readonly kind: 'http'; readonly url: string; readonly token_file: string } | SqlCaseConfig

function isPrivate(text: string): boolean {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || isLoopbackHost(hostname)
}

const sql = {
  kind: z.literal('sql'),
  issuer: z
    .string()
    .regex(/^[a-z0-9][a-z0-9./-]{0,127}$/, 'must be lower-case letters, digits, ".", "-" and "/"'),
  key_file: pathField,
  description_file: pathField,
}

const sqlForms = [
  z.strictObject({ ...sql, engine: z.literal('sqlite'), path: pathField }),
  z.strictObject({
    ...sql,
    engine: z.literal('postgres'),
    dsn_file: pathField,
    schema: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'must be a plain name')
      .default('public'),
  }),
] as const

/** Accepts a {@link SqlCaseConfig}. */
export const sqlCaseConfigSchema: z.ZodType<SqlCaseConfig> = z.union(sqlForms)

/** Accepts a {@link CaseConfig}. */
export const caseConfigSchema: z.ZodType<CaseConfig> = z.union([
  ...sqlForms,
  z.strictObject({
    kind: z.literal('http'),
    url: urlField.refine(isPrivate, 'must be an https address; plain http is for this machine'),
    token_file: pathField,
  }),
])
