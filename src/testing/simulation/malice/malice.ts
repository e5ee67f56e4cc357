/** What a witness may do that it must not. */
export const witnessLies = [
  'signs anything',
  'forgets and signs a rollback',
  'answers 409 with lies',
  'cosigns with a wrong time',
  'stays silent',
] as const

/** One of {@link witnessLies}. */
export type WitnessLie = (typeof witnessLies)[number]

/** Who lies in a simulation, and how. */
export interface Malice {
  readonly witness?: WitnessLie
  /** A provider that shows one tree to the witness and its readers, and from some time on another. */
  readonly provider?: 'forking'
}
