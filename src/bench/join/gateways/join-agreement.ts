import { type Agreement, compileAgreement, signAgreement } from '../../../agreement/index.ts'
import type { Ed25519 } from '../../../crypto/index.ts'
import type { FoundedOrganisation } from '../../../node/index.ts'
import type { Side } from '../../../population/psi/index.ts'
import { benchKinds } from './bench-registers.ts'

/** The parties of one side's agreement. */
export interface JoinAgreementParties {
  readonly side: Side
  readonly holder: FoundedOrganisation
  /** The other holder. */
  readonly other: FoundedOrganisation
  readonly tally: FoundedOrganisation
  readonly inspector: FoundedOrganisation
}

const dayMs = 86_400_000

/** The id of a side's agreement. */
export function joinAgreementId(side: Side): string {
  return `bench-${side}-joins`
}

function terms({ side, holder, other, tally, inspector }: JoinAgreementParties, nowMs: number) {
  const notBeforeMs = nowMs - (nowMs % dayMs)
  return {
    v: 1,
    id: joinAgreementId(side),
    version: 1,
    supersedes: null,
    kind: 'join',
    provider: holder.id,
    consumer: tally.id,
    purpose: 'https://cloison.eu/purpose/official-statistics',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32009R0223'],
    justification: 'Measures how long a table over two registers takes.',
    expectedResults: 'Figures of a benchmark on made-up people.',
    dataElements: [
      {
        name: benchKinds[side],
        register: `${side}_people`,
        source: benchKinds[side],
        answerType: 'attribute',
        predicate: null,
        category: 'ordinary',
      },
    ],
    approximateNumber: 1_000_000,
    retention: { days: 90, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure: 'Nobody decides anything on this table.',
    dpiaReference: 'None: nobody in the registers exists',
    join: { with: other.id, keyspace: 'demo-nin', inspector: inspector.id },
    privacyBudget: {
      perQuestionMicroEpsilon: 500_000,
      perYearMicroEpsilon: 1_000_000,
      deltaExponent: 6,
    },
    notBeforeMs,
    notAfterMs: notBeforeMs + 365 * dayMs,
    signatures: [],
  }
}

/** The agreement of one holder with the organisation that asks, signed by both officers. */
export function joinAgreement(
  parties: JoinAgreementParties,
  nowMs: number,
  ed25519: Ed25519,
): Agreement {
  return [parties.holder, parties.tally].reduce<Agreement>(
    (agreement, { id, dpoSeed }) =>
      signAgreement(agreement, { organisation: id, role: 'dpo', seed: dpoSeed }, ed25519),
    compileAgreement(terms(parties, nowMs)),
  )
}
