import { compileAgreement } from '../../agreement/index.ts'
import type { JsonObject } from '../../bytes/index.ts'
import type { BothTerms, JoinQuestion, JoinTerms } from '../../population/index.ts'
import { parseRegisterDescription, type RegisterDescription } from '../../register/index.ts'
import { sampleTableDescription } from '../population/index.ts'
import { sampleJoinSource } from '../sample-agreement.ts'

/** A register of homes, to be joined with the one of {@link sampleTableDescription}. */
export function sampleHomesDescription(size: number): RegisterDescription {
  const closed = (name: string, keys: readonly string[], more: JsonObject = {}): JsonObject => ({
    name,
    column: name,
    type: 'string',
    unit: null,
    category: 'ordinary',
    domain: { kind: 'closed', keys: [...keys] },
    ...more,
  })
  return parseRegisterDescription({
    v: 1,
    name: 'homes',
    category: 'ordinary',
    table: 'homes',
    subject: { column: 'nin', scheme: 'demo-nin' },
    population: { name: 'tenants', size },
    rowsPerPerson: 1,
    elements: [
      closed('need', ['none', 'some', 'urgent']),
      closed('block', ['a', 'b', 'c', 'd'], { geography: 1 }),
      {
        name: 'rent',
        column: 'rent',
        type: 'integer',
        unit: 'EUR',
        category: 'ordinary',
        domain: { kind: 'bounded', min: 0, max: 4000 },
      },
    ],
  })
}

/** The terms of one holder: all elements of its register, by their own names. */
export function sampleTermsOf(
  description: RegisterDescription,
  { countersigned = false, ...changes }: JsonObject & { readonly countersigned?: boolean },
): JoinTerms {
  const agreement = compileAgreement(
    sampleJoinSource({
      dataElements: description.elements.map(({ name, category }) => ({
        name,
        register: description.name,
        source: name,
        answerType: 'attribute',
        predicate: null,
        category,
      })),
      ...changes,
    }),
  )
  if (agreement.kind !== 'join') throw new TypeError('changes may not change the kind')
  return { agreement, description, countersigned }
}

/** Both holders' terms: incomes at `tax`, homes at `labour`; `housing` asks, the ombudsman may audit. */
export function sampleBothTerms(size = 100_000): BothTerms {
  return {
    left: sampleTermsOf(sampleTableDescription(size), { id: 'tax-joins' }),
    right: sampleTermsOf(sampleHomesDescription(size), {
      id: 'labour-joins',
      provider: 'labour',
      join: { with: 'tax', keyspace: 'demo-nin', inspector: 'ombudsman' },
    }),
  }
}

/** A question that {@link sampleBothTerms} allow: need for housing, by district. */
export function sampleJoinQuestion(changes: Partial<JoinQuestion> = {}): JoinQuestion {
  return {
    v: 1,
    left: { agreement: 'tax-joins', version: 1, register: 'income', where: {}, by: ['district'] },
    right: { agreement: 'labour-joins', version: 1, register: 'homes', where: {}, by: ['need'] },
    measure: { kind: 'count' },
    microEpsilon: 500_000,
    deltaExponent: 7,
    ...changes,
  }
}
