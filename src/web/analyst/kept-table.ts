import { canonicalBytes } from '../../bytes/index.ts'
import { parseTlogProof } from '../../log/verify/index.ts'
import { parseRelease } from '../../population/index.ts'
import type { KeptAnalysis, RefusedAnswer, ReleaseFile } from '../../population/index.ts'
import type { PopulationDesk } from './population-desk.ts'

/** What became of one of the analyst's own questions. */
export type KeptTable =
  | {
      readonly state: 'released'
      readonly kept: KeptAnalysis
      readonly file: ReleaseFile
      /** Of the provider's entry. */
      readonly entryIndex: number
    }
  | { readonly state: 'refused'; readonly kept: KeptAnalysis; readonly answer: RefusedAnswer }

/** A kept outcome with its release read. Of the opening only what shows the record: the file may go on to others. */
export function readKept(kept: KeptAnalysis): KeptTable {
  const { answer } = kept
  if (answer.state === 'refused') return { state: 'refused', kept, answer }
  const { leaf, opening, inclusion, consistency, signature } = answer
  const release = parseRelease(canonicalBytes(answer.release))
  const receipt = {
    leaf,
    inclusion,
    opening: { r: opening.r, record: opening.record },
    consistency: [...consistency],
  }
  const entryIndex = parseTlogProof(inclusion).index
  return { state: 'released', kept, file: { release, signature, receipt }, entryIndex }
}

/** One of an analyst's own questions; `undefined` of anybody else's, and of one that is pending. */
export async function keptTable(
  desk: PopulationDesk,
  analyst: string,
  exchangeId: string,
): Promise<KeptTable | undefined> {
  const kept = (await desk.results(analyst)).find((one) => one.exchangeId === exchangeId)
  return kept === undefined ? undefined : readKept(kept)
}
