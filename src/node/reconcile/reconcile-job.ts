import { canonicalBytes, encodeBase64, type JsonObject, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { Policy, SignatureAlgorithms } from '../../log/verify/index.ts'
import {
  type BundleReading,
  type Gap,
  reconcile,
  ReconcileError,
  type Reconciled,
  type ReconciliationReport,
  usualToleranceMs,
} from '../../oversight/index.ts'
import type { PersonWriter } from '../../person/index.ts'
import type { Peer } from '../peer.ts'
import {
  type KeptGap,
  type KeptRun,
  type ReconciliationState,
  readReconciliation,
  writeReconciliation,
} from './reconciliation-state.ts'
import { takeBundle, type TakeBundleDeps } from './take-bundle.ts'

/** What an inspector's runs need. */
export interface ReconcileJobDeps extends TakeBundleDeps, SignatureAlgorithms {
  /** Whose logs are held against each other. */
  readonly organisations: readonly string[]
  readonly everyMs: number
  readonly windowMs: number
  readonly stateFile: string
  readonly peers: () => readonly Peer[]
  readonly policy: Policy
  readonly writer: PersonWriter
}

/** Reconciles again and again. */
export interface ReconcileJob {
  /** Runs when its time has come and the log may be written to; else does nothing. */
  round(): Promise<void>
  /** What was found, and when; read from the disk at the first call. */
  state(): Promise<ReconciliationState>
}

const mostRuns = 100
const mostGaps = 1_000

interface Taken {
  readonly organisation: string
  readonly origin: string
  readonly bytes: Uint8Array
}

/** What a gap's entry commits to: the entries themselves name each other in no public place. */
export function gapDigest(r: Uint8Array, gap: Gap): string {
  const entries = gap.entries.map((entry) => ({ ...entry }))
  const tag = utf8('cloison/reconciliation-gap/v1\n')
  return encodeBase64(sha256(tag, r, canonicalBytes({ ...gap, entries })))
}

function readingOf(bytes: Uint8Array): BundleReading {
  return async function* () {
    yield bytes
  }
}

class Runs {
  readonly #deps: ReconcileJobDeps
  readonly #mayWrite: () => boolean
  #ranAtMs = Number.NEGATIVE_INFINITY
  #state: ReconciliationState | undefined
  #lastFault = ''

  constructor(deps: ReconcileJobDeps, mayWrite: () => boolean) {
    this.#deps = deps
    this.#mayWrite = mayWrite
  }

  async state(): Promise<ReconciliationState> {
    this.#state ??= await readReconciliation(this.#deps.stateFile)
    return this.#state
  }

  async round(): Promise<void> {
    const { clock, everyMs, organisations } = this.#deps
    const nowMs = clock.now()
    const isDue = nowMs - this.#ranAtMs >= everyMs
    if (organisations.length < 2 || !isDue || !this.#mayWrite()) return
    this.#ranAtMs = nowMs
    const before = await this.state()
    const { taken, away, shorter } = await this.#take(before)
    if (shorter !== undefined) {
      await this.#fail(before, shorterLog(shorter), { away, nowMs })
      return
    }
    if (taken.length < 2) {
      await this.#keep({ ...before, runs: withRun(before, emptyRun(nowMs, away)) })
      return
    }
    try {
      await this.#settle(before, taken, { away, nowMs })
    } catch (cause) {
      if (!(cause instanceof ReconcileError)) throw cause
      await this.#fail(before, cause, { away, nowMs })
    }
  }

  async #keep(state: ReconciliationState): Promise<void> {
    await writeReconciliation(this.#deps.stateFile, state)
    this.#state = state
  }

  async #take({ heads, logs }: ReconciliationState): Promise<{
    readonly taken: readonly Taken[]
    readonly away: readonly string[]
    /** Whose log has fewer entries than were reconciled. */
    readonly shorter: string | undefined
  }> {
    const { organisations, peers } = this.#deps
    const known = peers()
    const taken: Taken[] = []
    let shorter: string | undefined
    for (const organisation of organisations) {
      const peer = known.find(({ id }) => id === organisation)
      if (peer === undefined) continue
      const log = logs[organisation] ?? null
      const first = log === null ? 0 : (heads[log]?.size ?? 0)
      const bundle = await takeBundle(peer, { log, first }, this.#deps)
      if (bundle.state === 'taken') taken.push({ organisation, ...bundle })
      else if (bundle.state === 'refused' && bundle.reason === 'BUNDLE_RANGE_REFUSED')
        shorter = organisation
    }
    const have = new Set(taken.map(({ organisation }) => organisation))
    const away = organisations.filter((organisation) => !have.has(organisation))
    return { taken, away, shorter }
  }

  #reconcile(
    { heads, open }: ReconciliationState,
    taken: readonly Taken[],
    away: readonly string[],
  ): Promise<Reconciled> {
    const { peers, policy, ed25519, mlDsa44, windowMs, randomness } = this.#deps
    const keys = peers().flatMap(({ logKeys }) => logKeys)
    const algorithms = mlDsa44 === undefined ? { ed25519 } : { ed25519, mlDsa44 }
    return reconcile(
      taken.map(({ bytes }) => readingOf(bytes)),
      {
        trust: { keys, policy, ...algorithms },
        windowMs,
        toleranceMs: usualToleranceMs,
        runKey: randomness.bytes(32),
        before: open,
        heads: new Map(Object.entries(heads)),
        awaited: away,
      },
    )
  }

  async #settle(
    before: ReconciliationState,
    taken: readonly Taken[],
    { away, nowMs }: { readonly away: readonly string[]; readonly nowMs: number },
  ): Promise<void> {
    const { report, open } = await this.#reconcile(before, taken, away)
    const entry = isNews(report) ? await this.#writeMade(report) : null
    const gaps: KeptGap[] = []
    for (const gap of report.gaps) gaps.push(await this.#writeGap(gap, nowMs))
    const { gaps: _, ...summary } = report
    const run: KeptRun = { atMs: nowMs, entry, report: summary, away, fault: null }
    this.#lastFault = ''
    await this.#keep({
      v: 1,
      heads: { ...before.heads, ...headsOf(report) },
      logs: this.#nextLogs(before, report),
      open,
      runs: withRun(before, run),
      gaps: [...before.gaps, ...gaps].slice(-mostGaps),
    })
  }

  /** A closed log that was read to its end is left for the next of the same organisation. */
  #nextLogs(
    { logs }: ReconciliationState,
    { sides }: ReconciliationReport,
  ): ReconciliationState['logs'] {
    const known = this.#deps.peers()
    const next = sides.map(({ organisation, log, first, size }) => {
      const keys = known.find(({ id }) => id === organisation)?.logKeys ?? []
      const origins = [...new Set(keys.map(({ name }) => name))]
      const following = origins[origins.indexOf(log) + 1]
      return [organisation, first === size && following !== undefined ? following : log] as const
    })
    return { ...logs, ...Object.fromEntries(next) }
  }

  async #commit(entry: {
    readonly kind: string
    readonly name: string | null
    readonly digest: string | null
    readonly body: JsonObject
  }): Promise<number> {
    const intent = { type: 'governance', agreement: undefined, ...entry } as const
    const done = await this.#deps.writer.commit(intent)
    if (done.type !== 'governance') throw new TypeError('the writer answered another intent')
    return done.index
  }

  #writeMade({ counts, sides, isEvidence }: ReconciliationReport): Promise<number> {
    const { gaps, matched, pending, closed } = counts
    const named = Object.values(gaps).reduce((sum, count) => sum + count, 0)
    const logs = sides.map(({ log, first, size }) => ({ log, first, last: size - 1 }))
    const body = { logs, matched, pending, closed, gaps: named, evidence: isEvidence }
    return this.#commit({ kind: 'reconciliation.made', name: null, digest: null, body })
  }

  async #writeGap(gap: Gap, atMs: number): Promise<KeptGap> {
    const r = this.#deps.randomness.bytes(32)
    const body = { kind: gap.kind, step: gap.step }
    const entry = await this.#commit({
      kind: 'reconciliation.gap',
      name: gap.at,
      digest: gapDigest(r, gap),
      body,
    })
    return { gap, r: encodeBase64(r), entry, atMs }
  }

  async #fail(
    before: ReconciliationState,
    { code, message }: ReconcileError,
    { away, nowMs }: { readonly away: readonly string[]; readonly nowMs: number },
  ): Promise<void> {
    // The same fault, round after round, is one entry.
    const isNew = this.#lastFault !== message
    this.#lastFault = message
    const digest = encodeBase64(sha256(utf8(message)))
    const entry = isNew
      ? await this.#commit({ kind: 'reconciliation.failed', name: null, digest, body: { code } })
      : null
    const run: KeptRun = { atMs: nowMs, entry, report: null, away, fault: { code, message } }
    await this.#keep({ ...before, runs: withRun(before, run) })
  }
}

function shorterLog(organisation: string): ReconcileError {
  return new ReconcileError(
    'LOG_REWRITTEN',
    `The log of ${organisation} has fewer entries than were reconciled before.`,
  )
}

function emptyRun(atMs: number, away: readonly string[]): KeptRun {
  return { atMs, entry: null, report: null, away, fault: null }
}

/** A run in which nothing was new takes the place of one like it, so that the list shows what happened. */
function withRun({ runs }: ReconciliationState, run: KeptRun): readonly KeptRun[] {
  const last = runs.at(-1)
  const isQuiet = run.entry === null && last?.entry === null
  return [...(isQuiet ? runs.slice(0, -1) : runs), run].slice(-mostRuns)
}

function headsOf({ sides }: ReconciliationReport): ReconciliationState['heads'] {
  return Object.fromEntries(sides.map(({ log, size, root }) => [log, { size, root }]))
}

/** A run is an entry where it read an exchange, or closed or found something. */
function isNews({ sides, counts, gaps }: ReconciliationReport): boolean {
  return sides.some(({ opened }) => opened > 0) || counts.closed > 0 || gaps.length > 0
}

/**
 * Takes what is new of each organisation's log, holds it against the others, and makes what was found entries
 * of the own log: the run, and each gap by the digest of its document. An organisation that does not answer
 * owes its entries until it does.
 */
export function reconcileJob(deps: ReconcileJobDeps, mayWrite: () => boolean): ReconcileJob {
  const runs = new Runs(deps, mayWrite)
  return { round: () => runs.round(), state: () => runs.state() }
}
