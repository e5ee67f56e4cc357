import type { PersonAgreement } from '../../agreement/index.ts'
import { redAgreement, type RedAgreementId, type RedKeys } from '../world/red-agreements.ts'
import { redAddress } from '../world/red-people.ts'
import type { DragnetQuestion } from './virtual-provider.ts'

/** One way to ask for everybody. */
export interface DragnetPath {
  readonly name: string
  readonly agreements: readonly PersonAgreement[]
  /** Whether anything can be answered: then the asker comes back for a year. */
  readonly isAnswerable: boolean
  /** The question about one person under one of the agreements. */
  readonly question: (
    place: number,
    official: number,
    agreement: PersonAgreement,
  ) => DragnetQuestion
}

/** The terms of the paths: caps as agreements have them by default, and the widest that two officers can sign. */
export interface DragnetTerms {
  readonly populationSize: number
  readonly keys: RedKeys
  readonly nowMs: number
}

const matching = 'address_matches'
const formFillers = ['Failed to Provide', 'NA NA', '00000', 'unknown', 'N/A'] as const

function agreementOf(
  id: RedAgreementId,
  { keys, nowMs, populationSize }: DragnetTerms,
  subjects?: number,
): PersonAgreement {
  const most = subjects ?? 100
  const caps = {
    perOfficialPerDay: 200,
    subjectsPerCase: 6,
    distinctSubjectsPer30Days: most,
    perSubjectPer30Days: 12,
  }
  const people = Math.min(populationSize, subjects ?? 10_000)
  const made = redAgreement(id, { provider: 'tax', people, keys, nowMs, caps })
  if (made.kind !== 'person') throw new TypeError('a dragnet is about persons')
  return made
}

function elementOf({ dataElements }: PersonAgreement): string {
  return dataElements[0]?.name ?? ''
}

/** By address: what the documented case was about. */
function addressPaths(terms: DragnetTerms): readonly DragnetPath[] {
  const agreements = [agreementOf('rent-address', terms)]
  const supplying = (value: string): Pick<DragnetQuestion, 'supplied'> => ({
    supplied: [{ element: matching, value }],
  })
  return [
    {
      name: 'the address itself',
      agreements,
      isAnswerable: false,
      question: (place, official, agreement) => ({
        agreement,
        place,
        official,
        hasCase: true,
        element: 'address',
      }),
    },
    {
      name: 'an address compared, a placeholder supplied',
      agreements,
      isAnswerable: false,
      question: (place, official, agreement) => ({
        agreement,
        place,
        official,
        hasCase: true,
        element: matching,
        ...supplying(formFillers[place % formFillers.length] ?? ''),
      }),
    },
    {
      name: 'an address compared, none supplied',
      agreements,
      isAnswerable: false,
      question: (place, official, agreement) => ({
        agreement,
        place,
        official,
        hasCase: true,
        element: matching,
      }),
    },
    {
      name: 'an address compared, the true one supplied',
      agreements,
      isAnswerable: true,
      question: (place, official, agreement) => ({
        agreement,
        place,
        official,
        hasCase: true,
        element: matching,
        ...supplying(redAddress(place)),
      }),
    },
  ]
}

function predicatePath(
  name: string,
  agreements: readonly PersonAgreement[],
  rest: { readonly hasCase: boolean; readonly isLocked?: boolean },
): DragnetPath {
  return {
    name,
    agreements,
    isAnswerable: rest.hasCase && rest.isLocked !== true,
    question: (place, official, agreement) => ({
      agreement,
      place,
      official,
      ...rest,
      element: elementOf(agreement),
    }),
  }
}

/** Every path by which single questions can be put, each with as many officials and cases as help. */
export function dragnetPaths(terms: DragnetTerms): readonly DragnetPath[] {
  const income = agreementOf('rent-income', terms)
  const three = [
    income,
    agreementOf('rent-income-low', terms),
    agreementOf('rent-income-high', terms),
  ]
  const widest = agreementOf('rent-income', terms, Math.floor(terms.populationSize / 100))
  return [
    ...addressPaths(terms),
    predicatePath('a yes or no, without a case', [income], { hasCase: false }),
    predicatePath('a yes or no, under an agreement of the same day', [income], {
      hasCase: true,
      isLocked: true,
    }),
    predicatePath('a yes or no, a case for everybody', [income], { hasCase: true }),
    predicatePath('the same under three agreements', three, { hasCase: true }),
    predicatePath('the same under the widest terms', [widest], { hasCase: true }),
  ]
}
