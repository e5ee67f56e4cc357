import { encodeBase64 } from '../../bytes/index.ts'
import { type BundleTrust, openBundle, type OpenBundle } from './read-bundle.ts'
import { type ExchangeGroup, isOver, judgeGroup } from './exchange-group.ts'
import { type ExchangeStep, stepOf } from './exchange-step.ts'
import { evidenceKinds } from './gap.ts'
import type { JudgingRules } from './judged.ts'
import { mergedSteps, type PlacedRecord, type ReadSide } from './merge-sides.ts'
import { ReconcileError } from './reconcile-error.ts'
import type { ReconciledSide, ReconciliationReport } from './reconciliation-report.ts'
import { addGap, countWhole, newTally, pairsOf, type RunTally, settle } from './run-tally.ts'

/** A bundle that can be read again from its beginning. */
export type BundleReading = () => AsyncIterable<Uint8Array>

/** How to reconcile. */
export interface ReconcileOptions {
  readonly trust: BundleTrust
  /** How long the other side's entry may take; {@link usualWindowMs}. */
  readonly windowMs: number
  /** How far apart the log times of one exchange may be; {@link usualToleranceMs}. */
  readonly toleranceMs: number
  /** 32 random bytes of this run, kept nowhere: handles of two runs are then not comparable. */
  readonly runKey: Uint8Array
  /** What an earlier run left open. */
  readonly before?: readonly ExchangeGroup[]
  /** Root of the first entries of a log that an earlier run has read, base64, with their number. */
  readonly heads?: ReadonlyMap<string, { readonly size: number; readonly root: string }>
  /** Up to when all logs count as known, instead of what the bundles say. */
  readonly knownUntilMs?: number
  /** Organisations whose bundles are not here and will come: what they owe is pending. */
  readonly awaited?: readonly string[]
  /** Most exchanges that are held open at once; beyond, the bundles are read again in parts. */
  readonly mostOpen?: number
}

/** What was found, and what is still open. */
export interface Reconciled {
  readonly report: ReconciliationReport
  /** For the next run: exchanges with a gap or without their other side. */
  readonly open: readonly ExchangeGroup[]
}

/** Fifteen minutes. */
export const usualWindowMs = 900_000

/** Ten minutes: each side's clock may be off by five. */
export const usualToleranceMs = 600_000

const usualOpen = 100_000
const mostParts = 4_096

/** More exchanges are open than may be held: the bundles are read again, in more parts. */
class TooManyOpen extends Error {
  override readonly name = 'TooManyOpen'
}

/** FNV-1a, 32 bit: parts need no secret, for whoever fills one part is only slow. */
function partOf(key: string, parts: number): number {
  let hash = 0x81_1c_9d_c5
  for (let at = 0; at < key.length; at += 1)
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01_00_01_93) >>> 0
  return hash % parts
}

interface Part {
  readonly parts: number
  readonly part: number
}

interface Run {
  readonly options: ReconcileOptions
  readonly rules: JudgingRules
  readonly tally: RunTally
}

function keyOf(exchangeId: string, consumer: string): string {
  return `${consumer} ${exchangeId}`
}

/** Whether the other side of an entry is among those that are here. */
function isHere(
  { role, kind, consumer, provider }: ExchangeStep,
  organisations: ReadonlySet<string>,
): boolean {
  if (role === 'other') return kind === 'join.message' && organisations.has(consumer)
  return organisations.has(role === 'consumer' ? provider : consumer)
}

type Groups = Map<string, ExchangeGroup>

/** Takes one entry in; an exchange that is whole is counted and let go. */
function take(
  { record, at }: PlacedRecord,
  { groups, organisations }: { groups: Groups; organisations: ReadonlySet<string> },
  { rules, tally }: Run,
): void {
  const step = stepOf(record, at)
  if (!isHere(step, organisations)) {
    tally.counts.elsewhere += 1
    return
  }
  const key = keyOf(record.exchangeId, record.consumer)
  const known = groups.get(key) ?? { key, steps: [], told: [] }
  const group = { ...known, steps: [...known.steps, step] }
  groups.set(key, group)
  if (!isOver(group.steps) || !judgeGroup(group.steps, rules).isWhole) return
  groups.delete(key)
  countWhole(group, tally)
}

/** One pass over all bundles, for one part of the exchanges. */
async function runPart(
  bundles: readonly OpenBundle[],
  { parts, part }: Part,
  run: Run,
): Promise<readonly ReadSide[]> {
  const { options, rules, tally } = run
  const { mostOpen = usualOpen, runKey, before = [], awaited = [] } = options
  const isOfPart = (key: string): boolean => partOf(key, parts) === part
  const here = bundles.map(({ header }) => header.organisation)
  const organisations = new Set([...here, ...awaited])
  const mine = before.filter(({ key }) => isOfPart(key))
  const groups: Groups = new Map(mine.map((group) => [group.key, group]))
  const { steps, sides } = mergedSteps(bundles, (gap) => {
    if (part === 0) addGap(tally, gap)
  })
  for await (const placed of steps) {
    const { exchangeId, consumer } = placed.record
    if (isOfPart(keyOf(exchangeId, consumer))) take(placed, { groups, organisations }, run)
    if (groups.size > mostOpen && parts < mostParts) throw new TooManyOpen()
  }
  for (const group of groups.values()) settle(group, { tally, rules, runKey })
  return sides
}

/** The newest of what the bundle says and what its witnesses say: nobody can make a log look younger than it is. */
function knownUntilOf(
  { header, head }: Pick<OpenBundle, 'header' | 'head'>,
  { knownUntilMs }: ReconcileOptions,
): number {
  const witnessed = head.cosignatures.map(({ timeSeconds }) => timeSeconds * 1000)
  return knownUntilMs ?? Math.max(header.exportedAtMs, ...witnessed)
}

function checkSides(bundles: readonly OpenBundle[], { heads }: ReconcileOptions): void {
  const organisations = new Set(bundles.map(({ header }) => header.organisation))
  if (organisations.size < 2)
    throw new ReconcileError('SIDES_WRONG', 'Both bundles are of the same organisation.')
  const logs = bundles.map(({ head }) => head.checkpoint.origin)
  if (new Set(logs).size < logs.length)
    throw new ReconcileError('SIDES_WRONG', 'Two bundles are of the same log.')
  for (const { header, head, rootBefore } of bundles) {
    const { origin } = head.checkpoint
    const before = heads?.get(origin)
    if (before === undefined) continue
    if (before.size !== header.first || before.root !== rootBefore)
      throw new ReconcileError(
        'LOG_REWRITTEN',
        `${origin} does not continue the ${before.size} entries that were reconciled before.`,
      )
  }
}

function rulesOf(bundles: readonly OpenBundle[], options: ReconcileOptions): JudgingRules {
  const { windowMs, toleranceMs, awaited = [] } = options
  const known = new Map(awaited.map((organisation) => [organisation, Number.NEGATIVE_INFINITY]))
  for (const bundle of bundles) {
    const { organisation } = bundle.header
    const until = knownUntilOf(bundle, options)
    known.set(organisation, Math.max(known.get(organisation) ?? until, until))
  }
  return { windowMs, toleranceMs, knownUntil: (organisation) => known.get(organisation) }
}

function sideOf(
  { header, head }: OpenBundle,
  { opened, unopened, erased, bystanders }: ReadSide,
  options: ReconcileOptions,
): ReconciledSide {
  const { origin, size, root } = head.checkpoint
  return {
    organisation: header.organisation,
    log: origin,
    first: header.first,
    size,
    root: encodeBase64(root),
    cosignedBy: head.cosignatures.map(({ key }) => key.name).toSorted(),
    knownUntilMs: knownUntilOf({ header, head }, options),
    opened,
    unopened,
    erased,
    bystanders,
  }
}

async function tryParts(
  readings: readonly BundleReading[],
  parts: number,
  options: ReconcileOptions,
): Promise<Reconciled> {
  const tally = newTally()
  let sides: readonly ReconciledSide[] = []
  for (let part = 0; part < parts; part += 1) {
    const bundles: OpenBundle[] = []
    for (const read of readings) bundles.push(await openBundle(read(), options.trust))
    checkSides(bundles, options)
    const rules = rulesOf(bundles, options)
    const read = await runPart(bundles, { parts, part }, { options, rules, tally })
    sides = bundles.flatMap((bundle, place) => {
      const counted = read[place]
      return counted === undefined ? [] : [sideOf(bundle, counted, options)]
    })
  }
  const { windowMs, toleranceMs } = options
  const counts = { ...tally.counts, gaps: tally.gapCounts }
  const gaps = tally.gaps.toSorted((one, other) => (one.timeMs ?? 0) - (other.timeMs ?? 0))
  const isEvidence = [...evidenceKinds].some((kind) => counts.gaps[kind] > 0)
  return {
    report: { v: 1, sides, windowMs, toleranceMs, counts, pairs: pairsOf(tally), gaps, isEvidence },
    open: tally.open,
  }
}

/**
 * Holds the logs of two or more organisations against each other, from the bundle that each gives. Reads the
 * bundles once, in the order of log times, and holds only what is not whole yet; so time grows with the
 * entries, and memory with what is open. Where more is open than `mostOpen`, the bundles are read again in parts.
 *
 * @throws {@link ReconcileError}: then nothing that was found counts
 */
export async function reconcile(
  readings: readonly BundleReading[],
  options: ReconcileOptions,
): Promise<Reconciled> {
  for (let parts = 1; ; parts *= 4) {
    try {
      return await tryParts(readings, parts, options)
    } catch (cause) {
      if (!(cause instanceof TooManyOpen)) throw cause
    }
  }
}
