import * as z from 'zod'

import { RegisterError } from '../../register-error.ts'

/** Something that stands in a column, or is the same for all rows. */
export type Said = { readonly column: string } | { readonly value: string }

/**
 * Where a case system's table or view has what a case token says: one row for each case, official and
 * party. Names columns, no person.
 */
export interface CaseDescription {
  readonly v: 1
  /** The table or view. */
  readonly table: string
  /** Column of the case's reference. */
  readonly reference: string
  /** Column of the official's id. */
  readonly official: string
  /** Column of the party's identifier, and its scheme. */
  readonly subject: { readonly column: string; readonly scheme: Said }
  /** Column that is true while the case is open. */
  readonly open: string
  /** IRI of the closed vocabulary. */
  readonly purpose: Said
  /** Column that is true where official and party are related. */
  readonly kin?: string | undefined
  /** Column that is true where the party appears in the case because of another person. */
  readonly bystander?: string | undefined
}

const sqlName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/)

const said = (value: z.ZodType<string>): z.ZodType<Said> =>
  z.union([z.strictObject({ column: sqlName }), z.strictObject({ value })])

const caseDescriptionSchema: z.ZodType<CaseDescription> = z.strictObject({
  v: z.literal(1),
  table: sqlName,
  reference: sqlName,
  official: sqlName,
  subject: z.strictObject({
    column: sqlName,
    scheme: said(z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)),
  }),
  open: sqlName,
  purpose: said(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/)),
  kin: sqlName.optional(),
  bystander: sqlName.optional(),
})

/**
 * Checks a description that was read from JSON.
 *
 * @throws {@link RegisterError} `DESCRIPTION_INVALID`, naming the first wrong member
 */
export function parseCaseDescription(value: unknown): CaseDescription {
  const parsed = caseDescriptionSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  const where = first === undefined || first.path.length === 0 ? 'it' : first.path.join('.')
  throw new RegisterError(
    'DESCRIPTION_INVALID',
    `the description of the cases is not in its form: ${where}: ${first?.message ?? ''}`,
  )
}

/** The described columns, each once. */
export function caseColumns(description: CaseDescription): readonly string[] {
  const { bystander, kin, official, open, purpose, reference, subject } = description
  const named = [reference, official, subject.column, open]
  for (const said of [subject.scheme, purpose]) if ('column' in said) named.push(said.column)
  for (const column of [kin, bystander]) if (column !== undefined) named.push(column)
  return [...new Set(named)]
}
