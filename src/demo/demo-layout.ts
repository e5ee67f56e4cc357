/** The organisations of the demo; names and ports are the ones its documentation gives. */
export type DemoOrganisationId = 'tax' | 'social' | 'housing' | 'inspector'

/** One organisation of the demo. */
export interface DemoOrganisation {
  readonly id: DemoOrganisationId
  readonly name: string
  /** Added to the base port. */
  readonly portOffset: number
}

/** All organisations, in the order in which they are started. */
export const demoOrganisations: readonly DemoOrganisation[] = [
  { id: 'tax', name: 'Tax Agency', portOffset: 11 },
  { id: 'social', name: 'Social Security Agency', portOffset: 12 },
  { id: 'housing', name: 'Housing Agency', portOffset: 13 },
  { id: 'inspector', name: 'Data Protection Inspector', portOffset: 14 },
]

/** Offsets of the other ports from the base port; an organisation's witness is this far above its gateway. */
export const portOffsets = {
  pages: 0,
  witness: 20,
  organisationWitness: 10,
  caseSystem: 30,
  login: 40,
  consent: 50,
  admin: 100,
} as const

/** The base port unless `--port` says otherwise. */
export const defaultPort = 8400

/** People in the synthetic population. */
export const populationSize = 100_000

/** The seed that the population and its cases are made from. */
export const populationSeed = 'cloison demo 1'

/** Milliseconds between publication and effect in the demo; real origins wait 14 days or more. */
export const demoTimeLockMs = 1_000

/** Seconds between publications of a demo log. */
export const demoPublishSeconds = 1

/** Seconds between two epochs in the demo: within one, a person sees that their list is whole. */
export const demoEpochSeconds = 15

/** Seconds between two runs of the list-building detectors in the demo: a visitor sees what a question raised. */
export const demoSignalsSeconds = 10

/** Seconds between two reconciliations in the demo. */
export const demoReconcileSeconds = 10

/** Seconds after which an entry whose other side is missing is a gap in the demo. */
export const demoReconcileWindowSeconds = 60

/** The log's origin of a demo organisation in the half year of `nowMs`; under `.localhost`, so a demo origin. */
export function demoOrigin(organisation: string, nowMs: number): string {
  return `${organisation}.localhost/log/${shardOf(nowMs)}`
}

/** The half year of a moment in UTC, as shards are named: `2026h2`. */
export function shardOf(nowMs: number): string {
  const date = new Date(nowMs)
  return `${date.getUTCFullYear()}h${date.getUTCMonth() < 6 ? 1 : 2}`
}

/** The verifier-key name of the demo's witness. */
export const witnessName = 'witness.localhost/w1'

/** The verifier-key name of the witness that a demo organisation runs for the others' logs. */
export function organisationWitnessName(organisation: DemoOrganisationId): string {
  return `${organisation}.localhost/witness`
}
