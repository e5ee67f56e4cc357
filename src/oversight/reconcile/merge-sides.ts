import type { ExchangeRecord } from '../../log/index.ts'
import type { ExchangeStep } from './exchange-step.ts'
import type { Gap } from './gap.ts'
import type { BundleEntry, OpenBundle } from './read-bundle.ts'

/** How much of a bundle was opened, so far. */
export interface ReadSide {
  opened: number
  unopened: number
  erased: number
  bystanders: number
}

function nothingRead(): ReadSide {
  return { opened: 0, unopened: 0, erased: 0, bystanders: 0 }
}

/** An opened record with where it stands. */
export interface PlacedRecord {
  readonly record: ExchangeRecord
  readonly at: Pick<ExchangeStep, 'organisation' | 'log' | 'entry' | 'commitment'>
}

/** All bundles, read in the order of log times; the counts are whole when `steps` has ended. */
export interface MergedSides {
  readonly steps: AsyncGenerator<PlacedRecord, void>
  readonly sides: readonly ReadSide[]
}

function unopenedGap({ index }: BundleEntry, { header, head }: OpenBundle): Gap {
  const { organisation } = header
  const log = head.checkpoint.origin
  return {
    kind: 'UNOPENED',
    at: organisation,
    step: 'exchange',
    leg: null,
    entries: [{ organisation, log, entry: index }],
    handle: '',
    timeMs: null,
  }
}

/** The exchanges of one bundle. One that is not opened though nothing was left out by wish is a gap. */
async function* recordsOf(
  bundle: OpenBundle,
  side: ReadSide,
  tell: (gap: Gap) => void,
): AsyncGenerator<PlacedRecord, void> {
  const { header, head, entries } = bundle
  const { organisation } = header
  const log = head.checkpoint.origin
  for await (const entry of entries()) {
    if (entry.class === 'governance') continue
    const { record, index, commitment, isBystander } = entry
    if (record !== undefined) {
      side.opened += 1
      if (isBystander) side.bystanders += 1
      yield { record, at: { organisation, log, entry: index, commitment } }
    } else if (entry.erasedBy !== undefined) side.erased += 1
    else if (header.with === null) {
      side.unopened += 1
      tell(unopenedGap(entry, bundle))
    }
  }
}

async function* merge(
  streams: readonly AsyncGenerator<PlacedRecord, void>[],
): AsyncGenerator<PlacedRecord, void> {
  const heads = await Promise.all(streams.map((stream) => stream.next()))
  for (;;) {
    let earliest: number | undefined
    let placed: PlacedRecord | undefined
    for (const [place, head] of heads.entries()) {
      if (head.done === true) continue
      if (placed !== undefined && placed.record.timeMs <= head.value.record.timeMs) continue
      earliest = place
      placed = head.value
    }
    if (earliest === undefined || placed === undefined) return
    yield placed
    const next = await streams[earliest]?.next()
    if (next !== undefined) heads[earliest] = next
  }
}

/** Reads bundles side by side. `tell` gets each entry that should have been opened. */
export function mergedSteps(bundles: readonly OpenBundle[], tell: (gap: Gap) => void): MergedSides {
  const sides = bundles.map(nothingRead)
  const streams = bundles.map((bundle, place) =>
    recordsOf(bundle, sides[place] ?? nothingRead(), tell),
  )
  return { steps: merge(streams), sides }
}
