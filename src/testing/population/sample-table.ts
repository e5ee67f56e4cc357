import { compileAgreement, type PopulationAgreement } from '../../agreement/index.ts'
import type { JsonObject } from '../../bytes/index.ts'
import { parseRegisterDescription, type RegisterDescription } from '../../register/index.ts'
import { samplePopulationSource, signSample } from '../sample-agreement.ts'

/** A register of people, with what tables are made of. */
export function sampleTableDescription(size: number): RegisterDescription {
  const closed = (name: string, keys: readonly string[], category = 'ordinary'): JsonObject => ({
    name,
    column: name,
    type: 'string',
    unit: null,
    category,
    domain: { kind: 'closed', keys: [...keys] },
  })
  const bounded = (name: string, min: number, max: number): JsonObject => ({
    name,
    column: name,
    type: 'integer',
    unit: null,
    category: 'ordinary',
    domain: { kind: 'bounded', min, max },
  })
  return parseRegisterDescription({
    v: 1,
    name: 'income',
    category: 'ordinary',
    table: 'people',
    subject: { column: 'nin', scheme: 'demo-nin' },
    population: { name: 'residents', size },
    rowsPerPerson: 1,
    elements: [
      closed('sex', ['f', 'm']),
      closed('district', ['north', 'south', 'east', 'west']),
      closed('origin', ['here', 'elsewhere'], 'special'),
      bounded('age', 0, 100),
      bounded('income', 0, 200_000),
    ],
  })
}

/** The agreement that lets `consumer` ask about it; signed by both officers. */
export function sampleTableAgreement(changes: JsonObject = {}): PopulationAgreement {
  const { elements } = sampleTableDescription(1)
  const agreement = compileAgreement(
    samplePopulationSource({
      dataElements: elements
        .filter(({ category }) => category === 'ordinary')
        .map(({ name, category }) => ({
          name,
          register: 'income',
          source: name,
          answerType: 'attribute',
          predicate: null,
          category,
        })),
      privacyBudget: {
        perQuestionMicroEpsilon: 500_000,
        perYearMicroEpsilon: 1_000_000_000,
        deltaExponent: 6,
      },
      ...changes,
    }),
  )
  if (agreement.kind !== 'population') throw new TypeError('changes may not change the kind')
  return signSample(agreement)
}
