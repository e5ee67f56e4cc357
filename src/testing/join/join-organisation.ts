import { join } from 'node:path'
import { agreementDigest } from '../../agreement/index.ts'
import { encodeBase64, encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { type JoinGroup, sha256 } from '../../crypto/index.ts'
import { aesGcm, bestEd25519, runningSha256, systemRandomness } from '../../platform/index.ts'
import {
  AuditableRuns,
  type Budget,
  runBeginner,
  JoinAnswerer,
  JoinAuditor,
  JoinRunner,
  type JoinContext,
  type JoinMachine,
  type JoinPeer,
  type JoinRuns,
  JoinTally,
  type JoinTerms,
  RunSteps,
} from '../../population/index.ts'
import type { Clock, HttpClient } from '../../ports/index.ts'
import type { Register } from '../../register/index.ts'
import { openJoinRuns } from '../../storage/join-runs/index.ts'
import {
  type LogSecrets,
  openPopulationOrganisation,
  type PopulationOrganisation,
} from '../population/index.ts'
import { systemTimers } from '../../platform/index.ts'
import { auditDeps, inspectorSecret, testGroup, testSealedBox } from './sample-join.ts'

/** One party of a house of joins: real stores, a real log, real files, and everything that carries joins. */
export interface JoinOrganisation extends Disposable {
  readonly id: string
  readonly authority: string
  readonly store: PopulationOrganisation
  readonly context: JoinContext
  readonly runner: JoinRunner
  readonly answerer: JoinAnswerer
  readonly tally: JoinTally
  readonly auditor: JoinAuditor
  readonly auditable: AuditableRuns
  readonly runs: JoinRuns
  /** What was reported, in words. */
  readonly reports: string[]
}

/** How one is opened; again with the same `dir` and `secrets` after it was closed. */
export interface JoinOrganisationSettings {
  readonly id: string
  readonly dir: string
  readonly clock: Clock
  readonly secrets: LogSecrets
  /** Of the gateway's key, 32 bytes. */
  readonly seed: Uint8Array
  readonly http: HttpClient
  readonly peers: ReadonlyMap<string, JoinPeer>
  readonly registers: ReadonlyMap<string, Register>
  /** All agreements of the house. */
  readonly terms: readonly JoinTerms[]
  /** Another group than the machine's best: of a holder that cheats. */
  readonly group?: JoinGroup | undefined
  readonly mostPoints?: number | undefined
  /** Another machine than the product's steps: one that stops on the way. */
  readonly machineOf?: ((steps: JoinMachine) => JoinMachine) | undefined
}

/** The steps of runs in this thread, each in a turn of its own. */
export function machineHere(steps: RunSteps): JoinMachine {
  const later = async <Result>(step: () => Result): Promise<Result> => {
    await Promise.resolve()
    return step()
  }
  return {
    draw: (plan, side) => later(() => steps.draw(plan, side)),
    begin: (run, beginning) => later(() => steps.begin(run, beginning)),
    beginTally: (run, plan) => later(() => steps.beginTally(run, plan)),
    beginAudit: (run, auditing) => later(() => steps.beginAudit(run, auditing)),
    standing: (run) => later(() => steps.standing(run)),
    receive: (run, message) => later(() => steps.receive(run, message)),
    giveUp: (run, giving) => later(() => steps.giveUp(run, giving)),
  }
}

/** Where an organisation of a house is reached. */
export function authorityOf(id: string): string {
  return `${id}.localhost:8411`
}

/** Opens a party of a house. */
export async function openJoinOrganisation(
  settings: JoinOrganisationSettings,
): Promise<JoinOrganisation> {
  const { id, dir, clock, secrets, seed } = settings
  const store = await openPopulationOrganisation({ id, dir, clock, secrets, seed })
  const aead = aesGcm(systemRandomness)
  const runs = openJoinRuns({
    path: join(dir, 'joins'),
    keyPath: join(dir, 'join-keys'),
    aead,
    randomness: systemRandomness,
    sha256: runningSha256,
  })
  const steps = machineHere(
    new RunSteps({
      runs,
      group: settings.group ?? testGroup,
      randomness: systemRandomness,
      clock,
      audit: auditDeps,
    }),
  )
  const reports: string[] = []
  const context = contextOf(settings, { store, runs, reports, steps })
  const runner = new JoinRunner(context, runBeginner(context))
  return {
    id,
    authority: authorityOf(id),
    store,
    context,
    runner,
    answerer: new JoinAnswerer(context, runner),
    tally: new JoinTally(context, runner),
    auditor: new JoinAuditor(context, runner),
    auditable: new AuditableRuns(context),
    runs,
    reports,
    [Symbol.dispose]: () => store[Symbol.dispose](),
  }
}

function reportText(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? `${String(cause.code)}: ` : ''
  return `${code}${String(cause)}`
}

function contextOf(
  {
    id,
    clock,
    http,
    peers,
    registers,
    terms,
    machineOf,
    mostPoints = 10_000_000,
  }: JoinOrganisationSettings,
  opened: {
    readonly store: PopulationOrganisation
    readonly runs: JoinRuns
    readonly reports: string[]
    readonly steps: JoinMachine
  },
): JoinContext {
  const { store, runs, reports, steps } = opened
  return {
    organisation: id,
    authority: authorityOf(id),
    key: store.key,
    clock,
    timers: systemTimers,
    randomness: systemRandomness,
    ed25519: bestEd25519(),
    http,
    reader: store.reader,
    writer: store.writer,
    runs,
    machine: machineOf?.(steps) ?? steps,
    peers,
    registers,
    agreementOf(name, version) {
      const found = terms.find(
        ({ agreement }) => agreement.id === name && agreement.version === version,
      )
      return (
        found && {
          agreement: found.agreement,
          digest: encodeBase64(agreementDigest(found.agreement)),
          countersigned: found.countersigned,
        }
      )
    },
    refusalNow: () => Promise.resolve(undefined),
    sealingKeyOf: () => testSealedBox.publicKey(inspectorSecret),
    pseudonymOf: (to, analyst) => encodeBase64Url(sha256(utf8(`${to} ${analyst}`)).subarray(0, 16)),
    mostPoints,
    countNoise: () => undefined,
    mayAnswer: () => true,
    isKeyCurrent: () => true,
    report: (cause) => reports.push(reportText(cause)),
  }
}

/** Opens a population's year at one of the holders. */
export async function openJoinYear(
  { store }: JoinOrganisation,
  population: string,
  { clock, ...budget }: Partial<Budget> & { readonly clock: Clock },
): Promise<void> {
  const opened = await store.writer.commit({
    type: 'budget-open',
    population,
    budget: {
      composition: 'basic',
      microEpsilon: 1_000_000_000,
      deltaExponent: 6,
      perAnalystMicroEpsilon: null,
      fromMs: clock.now(),
      countersigned: false,
      ...budget,
    },
    demo: true,
  })
  if (opened.type !== 'budget-open' || opened.state !== 'opened')
    throw new TypeError('the year does not open')
}
