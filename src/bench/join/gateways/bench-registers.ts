import { makeDemoNin } from '../../../protocol/index.ts'
import { parseRegisterDescription, type RegisterDescription } from '../../../register/index.ts'
import type { Side } from '../../../population/psi/index.ts'

/** How large two registers are, and how many values each has its people dealt to. */
export interface BenchRegisters {
  /** In each register; half of them are in both. */
  readonly people: number
  readonly rows: number
  readonly columns: number
}

/** The element that each register is counted by. */
export const benchKinds: Readonly<Record<Side, string>> = { left: 'kind', right: 'need' }

/** Publicly expected people of a cell, at the least: below 100 no table is given. */
const leastOfCell = 100

/** A prime number of people who could be, and how far apart those who are here lie: no identifier comes twice. */
const [numbers, step] = [99_999_989, 7_368_787]

function identifier(place: number): string {
  return makeDemoNin(1 + ((place * step) % numbers))
}

function keysOf(side: Side, { rows, columns }: BenchRegisters): readonly string[] {
  const count = side === 'left' ? rows : columns
  return Array.from({ length: count }, (_, at) => `${benchKinds[side]} ${at}`)
}

function groupOf(side: Side, place: number, { rows, columns }: BenchRegisters): number {
  return side === 'left' ? place % rows : Math.floor(place / rows) % columns
}

/** The places of a side's people: those of the right begin where the second half of the left does. */
function firstOf(side: Side, { people }: BenchRegisters): number {
  return side === 'left' ? 0 : Math.floor(people / 2)
}

/** What a side's register says of itself. */
export function benchDescription(side: Side, registers: BenchRegisters): RegisterDescription {
  const { people, rows, columns } = registers
  const name = benchKinds[side]
  return parseRegisterDescription({
    v: 1,
    name: `${side}_people`,
    category: 'ordinary',
    table: 'people',
    subject: { column: 'nin', scheme: 'demo-nin' },
    population: { name: 'residents', size: Math.max(people, leastOfCell * rows * columns) },
    rowsPerPerson: 1,
    elements: [
      {
        name,
        column: name,
        type: 'string',
        unit: null,
        category: 'ordinary',
        domain: { kind: 'closed', keys: [...keysOf(side, registers)] },
      },
    ],
  })
}

/** The rows of a side's register: identifier and kind. */
export function* benchRows(
  side: Side,
  registers: BenchRegisters,
): Generator<readonly [string, string], void> {
  const [keys, first] = [keysOf(side, registers), firstOf(side, registers)]
  for (let at = first; at < first + registers.people; at += 1)
    yield [identifier(at), keys[groupOf(side, at, registers)] ?? '']
}

/** How many people are in each cell, row after row. */
export function trueCells(registers: BenchRegisters): readonly number[] {
  const { people, rows, columns } = registers
  const cells = Array.from({ length: rows * columns }, () => 0)
  for (let at = firstOf('right', registers); at < people; at += 1) {
    const cell = groupOf('left', at, registers) * columns + groupOf('right', at, registers)
    cells[cell] = (cells[cell] ?? 0) + 1
  }
  return cells
}
