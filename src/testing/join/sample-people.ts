import type { MadeUpRow } from './made-up-register.ts'

const districts = ['north', 'south', 'east', 'west']
const needs = ['none', 'some', 'urgent']

/** People of the two sample registers: 0 … 899 on the left, 300 … 1,199 on the right, so that 600 are in both. */
export function sampleJoinRows(): Readonly<Record<'left' | 'right', readonly MadeUpRow[]>> {
  const people = Array.from({ length: 900 }, (_, at) => at)
  return {
    left: people.map((number) => ({
      subject: `person ${number}`,
      keys: { sex: 'f', district: districts[number % 4] ?? '' },
    })),
    right: people.map((at) => ({
      subject: `person ${at + 300}`,
      keys: { need: needs[(at + 300) % 3] ?? '', block: 'a' },
    })),
  }
}

/** How many of them are in both. */
export const sampleJoinTruth: number = 600

/** Members of a question that counts everybody in both registers: one cell, short lists. */
export const oneCell = {
  left: { agreement: 'tax-joins', version: 1, register: 'income', where: {}, by: [] },
  right: { agreement: 'labour-joins', version: 1, register: 'homes', where: {}, by: [] },
} as const
