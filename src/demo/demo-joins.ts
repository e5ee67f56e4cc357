import { type Agreement, compileAgreement } from '../agreement/index.ts'
import type { FoundedOrganisation } from '../node/index.ts'

const dayMs = 86_400_000

/** Ids of the two agreements that a join of the demo is asked under. */
export const demoJoinIds = {
  tax: 'social-tax-joins',
  housing: 'social-housing-joins',
} as const

interface JoinSide {
  readonly id: string
  readonly provider: FoundedOrganisation
  /** The other holder. */
  readonly other: FoundedOrganisation
  readonly register: string
  readonly elements: readonly string[]
  readonly justification: string
}

function joinTerms(side: JoinSide, social: FoundedOrganisation, nowMs: number): Agreement {
  const beginMs = nowMs - (nowMs % dayMs)
  return compileAgreement({
    v: 1,
    id: side.id,
    version: 1,
    supersedes: null,
    kind: 'join',
    provider: side.provider.id,
    consumer: social.id,
    purpose: 'https://cloison.eu/purpose/official-statistics',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32016R0679'],
    justification: side.justification,
    expectedResults:
      'One report a year on who rents at which income, with tables that name nobody.',
    dataElements: side.elements.map((name) => ({
      name,
      register: side.register,
      source: name,
      answerType: 'attribute',
      predicate: null,
      category: 'ordinary',
    })),
    approximateNumber: 100_000,
    retention: { days: 3_650, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure:
      'The reader takes each number with its interval; the inspector may audit each join within seven days.',
    dpiaReference: 'Impact assessment of the demo, section 5',
    join: { with: side.other.id, keyspace: 'demo-nin', inspector: 'inspector' },
    privacyBudget: {
      perQuestionMicroEpsilon: 500_000,
      perYearMicroEpsilon: 20_000_000,
      deltaExponent: 9,
    },
    notBeforeMs: beginMs,
    notAfterMs: beginMs + 365 * dayMs,
    signatures: [],
  })
}

/**
 * What social security may count of people who are in the registers of both the tax and the housing agency: each of the two
 * signs for its own register, and neither learns who is in the other's.
 */
export function joinAgreements(
  { tax, housing, social }: Readonly<Record<'tax' | 'housing' | 'social', FoundedOrganisation>>,
  nowMs: number,
): readonly { readonly provider: FoundedOrganisation; readonly agreement: Agreement }[] {
  const sides: readonly JoinSide[] = [
    {
      id: demoJoinIds.tax,
      provider: tax,
      other: housing,
      register: 'income',
      elements: ['income_band', 'age_group', 'district', 'annual_income'],
      justification:
        'Whether homes are missing for people with low incomes can only be seen across both registers; nobody has to be looked up for it.',
    },
    {
      id: demoJoinIds.housing,
      provider: housing,
      other: tax,
      register: 'households',
      elements: ['tenure', 'district', 'monthly_rent'],
      justification:
        'How people live is known to the housing agency alone; it is counted by income without telling anybody whose it is.',
    },
  ]
  return sides.map((side) => ({
    provider: side.provider,
    agreement: joinTerms(side, social, nowMs),
  }))
}
