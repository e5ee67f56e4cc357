import type { GroupTokens } from '../../../crypto/index.ts'
import type { MaskPart } from '../../mask-plan.ts'
import { countRepeated } from './count-repeated.ts'
import { PackedTexts } from './packed-texts.ts'
import type { Placed } from './place-row.ts'

const firstRows = 4_096

/** The rows of a holder's lists while they are read: whom, in which group, and how many units. Personal data. */
export class ListRows implements Disposable {
  readonly #subjects = new PackedTexts()
  readonly #perGroup: number[]
  readonly #unitsPerGroup: number[]
  #groups = new Uint16Array(firstRows)
  #units = new Uint8Array(firstRows)
  #longest = 0

  constructor(groups: number) {
    this.#perGroup = Array.from({ length: groups }, () => 0)
    this.#unitsPerGroup = Array.from({ length: groups }, () => 0)
  }

  /** Adds one row, and gives how many bytes its identifier has. */
  add(subject: string, { group, units }: Placed): number {
    const row = this.#subjects.count
    if (row >= this.#groups.length) this.#grow()
    this.#groups[row] = group
    this.#units[row] = units
    this.#perGroup[group] = (this.#perGroup[group] ?? 0) + 1
    this.#unitsPerGroup[group] = (this.#unitsPerGroup[group] ?? 0) + units
    const length = this.#subjects.add(subject)
    this.#longest = Math.max(this.#longest, length)
    return length
  }

  /** How many rows there are of a person who has one already. */
  countRepeated(seed: number): number {
    return countRepeated(this.#subjects, seed)
  }

  /** The tokens of the parts (`spec/join.md`): an identifier, or each of its units as `u16` n ‖ identifier. */
  tokensOf(parts: readonly MaskPart[]): GroupTokens {
    const counts = parts.flatMap((part) =>
      part === 'people' ? this.#perGroup : this.#unitsPerGroup,
    )
    const longest = this.#longest + (parts.includes('units') ? 2 : 0)
    return { counts, longest, [Symbol.iterator]: () => this.#tokens(parts) }
  }

  [Symbol.dispose](): void {
    this.#subjects[Symbol.dispose]()
    this.#groups.fill(0)
    this.#units.fill(0)
  }

  *#tokens(parts: readonly MaskPart[]): Generator<Uint8Array, void> {
    const order = this.#inGroups()
    for (const part of parts) {
      for (const row of order) {
        const subject = this.#subjects.at(row)
        if (part === 'people') yield subject
        else yield* unitsOf(subject, this.#units[row] ?? 0)
      }
    }
  }

  /** All rows by group, those of one as they were read. */
  #inGroups(): Uint32Array {
    const order = new Uint32Array(this.#subjects.count)
    const next: number[] = []
    let begin = 0
    for (const count of this.#perGroup) {
      next.push(begin)
      begin += count
    }
    for (let row = 0; row < order.length; row += 1) {
      const group = this.#groups[row] ?? 0
      const place = next[group] ?? 0
      order[place] = row
      next[group] = place + 1
    }
    return order
  }

  #grow(): void {
    const groups = new Uint16Array(this.#groups.length * 2)
    groups.set(this.#groups)
    this.#groups = groups
    const units = new Uint8Array(this.#units.length * 2)
    units.set(this.#units)
    this.#units = units
  }
}

function* unitsOf(subject: Uint8Array, units: number): Generator<Uint8Array, void> {
  for (let unit = 1; unit <= units; unit += 1) {
    const token = new Uint8Array(2 + subject.length)
    token[0] = unit >> 8
    token[1] = unit & 0xff
    token.set(subject, 2)
    yield token
  }
}
