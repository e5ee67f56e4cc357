import * as z from 'zod'
import type { AccountableOrganisation, Disclosure } from '../../demo-backend.ts'

/** The agreement that an entry was made under. */
export interface CitedAgreement {
  readonly id: string
  readonly version: number
  /** Base64. */
  readonly digest: string
}

/** A signed agreement as an organisation holds it, in force or ended. */
export type HeldAgreement = AccountableOrganisation['agreements'][number]

const recordSchema = z.looseObject({
  agreement: z.object({ id: z.string(), version: z.int(), digest: z.string() }).nullable(),
})

/** The agreement that the record of an entry names; `undefined` where it names none, or is sealed. */
export function agreementOf(disclosure: Disclosure): CitedAgreement | undefined {
  if (disclosure.outcome === 'sealed') return undefined
  const { proof } = disclosure
  try {
    const read = recordSchema.safeParse(JSON.parse(proof.record))
    return (read.success ? read.data.agreement : null) ?? undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** The signed agreements that entries name, each once: by their digests, so that no other text stands in for one. */
export function citedAgreements(
  disclosures: readonly Disclosure[],
  accountable: readonly AccountableOrganisation[],
): readonly HeldAgreement[] {
  const wanted = new Set(disclosures.map((one) => agreementOf(one)?.digest))
  const known = accountable.flatMap(({ agreements }) => agreements)
  const found = new Map(known.map((one) => [one.digest, one]))
  return [...found.values()].filter(({ digest }) => wanted.has(digest))
}
