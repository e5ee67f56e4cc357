import { makeDemoNin } from '../../src/protocol/index.ts'
import { parseRegisterDescription } from '../../src/register/index.ts'
import type { HolderRegister } from './join-gateways.ts'

const bands = ['low', 'middle', 'high'] as const
const needs = ['none', 'some'] as const

/** Who is in which register: the first `overlap` people of `homes` are the last ones of `tax`. */
export interface SamplePeople {
  readonly tax: number
  readonly homes: number
  readonly overlap: number
  /** Publicly expected people of each population. */
  readonly size: number
}

function nin(number: number): string {
  return makeDemoNin(number + 1)
}

const bandOf = (number: number): string => bands[number % 3] ?? 'low'
const needOf = (number: number): string => needs[(number >> 2) % 2] ?? 'none'

function describe(
  name: string,
  element: string,
  { keys, size }: { readonly keys: readonly string[]; readonly size: number },
): HolderRegister['description'] {
  return parseRegisterDescription({
    v: 1,
    name,
    category: 'ordinary',
    table: name,
    subject: { column: 'nin', scheme: 'demo-nin' },
    population: { name: `${name}-people`, size },
    rowsPerPerson: 1,
    elements: [
      {
        name: element,
        column: element,
        type: 'string',
        unit: null,
        category: 'ordinary',
        domain: { kind: 'closed', keys: [...keys] },
      },
    ],
  })
}

/** Two registers of made-up people: income bands, and need for housing. */
export function sampleRegisters({ tax, homes, overlap, size }: SamplePeople): {
  readonly tax: HolderRegister
  readonly homes: HolderRegister
} {
  const first = tax - overlap
  return {
    tax: {
      description: describe('incomes', 'band', { keys: bands, size }),
      rows: Array.from({ length: tax }, (_, at) => [nin(at), bandOf(at)]),
    },
    homes: {
      description: describe('homes', 'need', { keys: needs, size }),
      rows: Array.from({ length: homes }, (_, at) => [nin(first + at), needOf(first + at)]),
    },
  }
}

/** The exact table: people in both registers by band and need. Nobody but a test ever has it. */
export function trueTable({ tax, overlap }: SamplePeople): readonly (readonly number[])[] {
  const both = Array.from({ length: overlap }, (_, at) => tax - overlap + at)
  return bands.map((band) =>
    needs.map((need) => both.filter((one) => bandOf(one) === band && needOf(one) === need).length),
  )
}

/** The question by which it is asked for. */
export const sampleQuestion = {
  left: { agreement: 'tax-joins', by: ['band'] },
  right: { agreement: 'homes-joins', by: ['need'] },
  measure: 'count',
  epsilon: 0.5,
  delta: '1e-7',
} as const
