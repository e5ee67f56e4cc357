/** A count of some members. */
export interface CountedSet {
  /** 1 where a person is counted, else 0. */
  readonly members: readonly number[]
  readonly count: number
}

/** Keeps what few rows leave open at one half. */
const ridge: number = 1e-6

/** The values of all people that fit the counts best, from one half on: the normal equations, by elimination. */
export function leastSquares(rows: readonly CountedSet[], people: number): readonly number[] {
  const system = Array.from({ length: people }, (_, one) =>
    Array.from({ length: people + 1 }, (_unused, other) => (one === other ? ridge : 0)),
  )
  for (const { members, count } of rows) {
    const off = count - members.reduce((sum, member) => sum + member / 2, 0)
    for (const [one, line] of system.entries()) {
      if (members[one] === 0) continue
      for (let other = 0; other < people; other += 1)
        line[other] = (line[other] ?? 0) + (members[other] ?? 0)
      line[people] = (line[people] ?? 0) + off
    }
  }
  return solve(system).map((value) => value + 0.5)
}

/** Gauss and Jordan, with the largest pivot. */
function solve(system: number[][]): readonly number[] {
  for (let at = 0; at < system.length; at += 1) {
    const size = (line: readonly number[] | undefined): number => Math.abs(line?.[at] ?? 0)
    const [pivotAt] = [...system.keys()]
      .slice(at)
      .toSorted((a, b) => size(system[b]) - size(system[a]))
    const [pivot, swapped] = [system[pivotAt ?? at] ?? [], system[at] ?? []]
    system[pivotAt ?? at] = swapped
    const first = pivot[at] ?? 1
    const scaled = pivot.map((value) => value / first)
    system[at] = scaled
    for (const [other, line] of system.entries()) {
      const factor = line[at] ?? 0
      if (other === at || factor === 0) continue
      system[other] = line.map((value, place) => value - factor * (scaled[place] ?? 0))
    }
  }
  return system.map((line) => line.at(-1) ?? 0)
}
