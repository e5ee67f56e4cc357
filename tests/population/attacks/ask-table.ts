import type { PopulationHouse } from '../../../src/testing/population/index.ts'
import { type Release, parseRelease } from '../../../src/population/index.ts'
import { canonicalBytes } from '../../../src/bytes/index.ts'

/** What an analyst has in hand: the desk of their own organisation, and what comes back from it. */
export type AskedHouse = Pick<PopulationHouse, 'ask'>

/**
 * The release of a question; `undefined` where it was refused.
 *
 * @throws as the desk does, where there is no outcome
 */
export async function askTable(
  house: AskedHouse,
  query: unknown,
  analyst?: string,
): Promise<Release | undefined> {
  const answer = await house.ask(query, analyst)
  return answer.state === 'released' ? parseRelease(canonicalBytes(answer.release)) : undefined
}

/** The first number of the first cell; `undefined` where the question was refused. */
export async function askNumber(
  house: AskedHouse,
  query: unknown,
  analyst?: string,
): Promise<number | undefined> {
  return (await askTable(house, query, analyst))?.cells[0]?.numbers[0]
}

/** Carries out jobs, some at a time, and gives their results in order. */
export async function several<Job, Result>(
  jobs: readonly Job[],
  carryOut: (job: Job, at: number) => Promise<Result>,
  atATime = 32,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const left = [...jobs.entries()]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      results[next[0]] = await carryOut(next[1], next[0])
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  return results
}

/** An epsilon as analysts write it. */
export function epsilonText(microEpsilon: number): string {
  return (microEpsilon / 1_000_000).toFixed(6)
}
