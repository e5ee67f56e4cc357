import { type Agreement, type AgreementStanding, capScope } from '../../../agreement/index.ts'
import type { Json } from '../../../bytes/index.ts'
import {
  type AgreementEvent,
  type ExchangeReader,
  type KnownAgreement,
  type StandingDeps,
  standingNow,
} from '../../../person/index.ts'
import type { LedgerReader } from '../../../population/index.ts'
import type { Clock } from '../../../ports/index.ts'
import type { RegisterDescription } from '../../../register/index.ts'
import type { AgreementBook, HeldAgreement } from '../../agreements/agreement-book.ts'

/** What listing agreements in force reads. */
export interface PublicAgreementDeps {
  readonly book: Pick<AgreementBook, 'held'>
  readonly reader: Pick<ExchangeReader, 'agreementEvents' | 'witnessedMs'>
  readonly standing: StandingDeps
  readonly clock: Clock
}

/** What listing all agreements with their use reads. */
export interface AgreementListDeps extends PublicAgreementDeps {
  readonly organisation: string
  readonly reader: PublicAgreementDeps['reader'] &
    Pick<ExchangeReader, 'capUse'> &
    Pick<LedgerReader, 'budgetOf' | 'spentUnder'>
  readonly registers: () => Promise<readonly RegisterDescription[]>
}

/** Of nobody: what is counted for an agreement as a whole does not depend on them. */
const nobody = {
  official: '',
  caseHandle: '',
  subjectHandle: '',
  bounds: [],
  locating: false,
} as const

/** The population that an agreement's tables are of; `undefined` where no own register has it. */
function populationOf(
  { dataElements }: Agreement,
  registers: readonly RegisterDescription[],
): string | undefined {
  const names = new Set(dataElements.map(({ register }) => register))
  return registers.find(({ name }) => names.has(name))?.population.name
}

/** How much of an agreement's own caps or budget is used; counted where it is answered, so `null` at the one who asks. */
async function useOf(
  agreement: Agreement,
  { organisation, reader, registers, clock, standing }: AgreementListDeps,
): Promise<Json> {
  if (agreement.provider.valueOf() !== organisation) return null
  switch (agreement.kind) {
    case 'person':
    case 'emergency': {
      const known = (standing.lineage ?? standing.agreements).map((one) => one.agreement)
      const { consumer, kind } = agreement
      const axes = { consumer, agreement: capScope(agreement, known), ...nobody }
      const { capUse } = await reader.capUse(
        { ...axes, emergency: kind === 'emergency' },
        clock.now(),
      )
      return {
        distinctSubjectsPer30Days: capUse.distinctSubjects30d,
        perAgreementPer30Days: capUse.emergencyAgreement30d,
      }
    }
    case 'population':
    case 'join': {
      const population = populationOf(agreement, await registers())
      const row = population === undefined ? undefined : await reader.budgetOf(population)
      if (population === undefined || row === undefined) return null
      const { fromMs } = row.budget
      const spent = await reader.spentUnder(population, fromMs, { agreement: agreement.id })
      return { perYearMicroEpsilon: spent }
    }
  }
}

function eventJson({ kind, by, atMs, cosignedAtMs, place }: AgreementEvent): Json {
  return { kind, by, atMs, cosignedAtMs, log: place.origin, entry: place.index }
}

function standingJson(standing: AgreementStanding): Json {
  const { state, effectiveFromMs, suspendedBy, because } = standing
  return { state, effectiveFromMs, suspendedBy: [...suspendedBy], because: because ?? null }
}

async function standingOf(
  { agreement, digest, countersigned }: KnownAgreement,
  { reader, standing, clock }: PublicAgreementDeps,
): Promise<AgreementStanding> {
  const known = { agreement, digest, countersigned }
  return standingNow(reader, known, clock.now(), standing)
}

/** The document, where it stands, and the entries about it: all of it public. */
async function publicFacts(
  held: HeldAgreement,
  standing: AgreementStanding,
  deps: PublicAgreementDeps,
): Promise<{ readonly [name: string]: Json }> {
  const { agreement, digest, countersigned } = held
  const { signatures, ...body } = agreement
  return {
    digest,
    agreement: { ...body, signatures: signatures.map((one) => ({ ...one })) },
    countersigned,
    standing: standingJson(standing),
    events: (await deps.reader.agreementEvents(digest)).map((event) => eventJson(event)),
  }
}

async function agreementJson(held: HeldAgreement, deps: AgreementListDeps): Promise<Json> {
  return {
    ...(await publicFacts(held, await standingOf(held, deps), deps)),
    lifts: [...held.lifts],
    use: await useOf(held.agreement, deps),
  }
}

function inOrder(held: readonly HeldAgreement[]): readonly HeldAgreement[] {
  return held.toSorted(
    (one, other) =>
      one.agreement.id.localeCompare(other.agreement.id) ||
      one.agreement.version - other.agreement.version,
  )
}

/**
 * Every agreement of the organisation, offers as well, with its standing, the acts upon it and how much of its own
 * caps is used, by id and version. Counts alone: of whom is nowhere in it.
 */
export async function listAgreements(deps: AgreementListDeps): Promise<Json> {
  const agreements: Json[] = []
  for (const one of inOrder(deps.book.held())) agreements.push(await agreementJson(one, deps))
  return { agreements }
}

/** Signed by both and published; what is over stays in the log. */
const inForce: ReadonlySet<AgreementStanding['state']> = new Set([
  'published',
  'active',
  'suspended',
])

/**
 * The agreements in force, for everybody: those whose time lock runs and those that are suspended as well. How much
 * of their caps is used is left out, since a small number of people could be told from it.
 */
export async function listInForce(deps: PublicAgreementDeps): Promise<readonly Json[]> {
  const agreements: Json[] = []
  for (const one of inOrder(deps.book.held())) {
    const standing = await standingOf(one, deps)
    if (inForce.has(standing.state)) agreements.push(await publicFacts(one, standing, deps))
  }
  return agreements
}
