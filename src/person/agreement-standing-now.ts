import {
  type AgreementStanding,
  agreementBody,
  agreementsOfLine,
  defaultLock,
  type LoggedAgreement,
  standingInLine,
  type TimeLock,
} from '../agreement/index.ts'
import { canonicalBytes, isJsonObject, type Json, readCanonicalJson } from '../bytes/index.ts'
import type { ExchangeReader } from './exchange-store.ts'
import type { KnownAgreement } from './question-facts.ts'
import type { GovernanceIntent } from './writer.ts'

/** A configured lock may lengthen what the agreement's legal basis demands; only a demo may shorten it. */
export function lockOf(
  { agreement }: Pick<KnownAgreement, 'agreement'>,
  configured: TimeLock,
): TimeLock {
  if (configured.demo) return configured
  const { milliseconds } = defaultLock(agreement)
  return milliseconds > configured.milliseconds && citesLongerLock(agreement)
    ? { ...configured, milliseconds }
    : configured
}

function citesLongerLock(agreement: KnownAgreement['agreement']): boolean {
  return agreement.legalBasis.some((basis) => basis.startsWith('usc:'))
}

/** What decides about a standing besides the log. */
export interface StandingDeps {
  readonly timeLock: TimeLock
  /** The agreements that this organisation is party to, signatures checked. */
  readonly agreements: readonly KnownAgreement[]
  /**
   * Those and every other that both have signed, whatever has become of a signer's key: what ended a version
   * or suspended it has done so. Left out: `agreements`.
   */
  readonly lineage?: readonly KnownAgreement[]
}

/** What a standing is read from. */
export type StandingReader = Pick<ExchangeReader, 'agreementEvents' | 'witnessedMs'>

/**
 * Where exactly this agreement, by its digest, stands at `nowMs` by the acts in the log. A new version is
 * a new document: no act upon an earlier one counts for it, least of all its publication; but it ends the
 * version that it cites when it takes effect, and a suspension of that one holds for it.
 */
export async function standingNow(
  reader: StandingReader,
  known: KnownAgreement,
  nowMs: number,
  { timeLock, agreements, lineage = agreements }: StandingDeps,
): Promise<AgreementStanding> {
  const isCounted = timeLock.counted === 'by-cosignatures'
  const logged = async ({ agreement, digest }: KnownAgreement): Promise<LoggedAgreement> => {
    const events = await reader.agreementEvents(digest)
    const history = isCounted ? events : events.map(({ cosignedAtMs: _none, ...fact }) => fact)
    return { agreement, digest, history }
  }
  const line: LoggedAgreement[] = []
  for (const one of agreementsOfLine(known, lineage)) line.push(await logged(one))
  const [own] = line
  if (own === undefined) throw new TypeError('a line begins with the agreement itself')
  return standingInLine(own, {
    line,
    moment: { nowMs, ...(isCounted && { witnessedMs: (await reader.witnessedMs()) ?? null }) },
    lockOf: (agreement) => lockOf({ agreement }, timeLock),
  })
}

function signaturesOf({ signatures }: KnownAgreement['agreement']): Json {
  return signatures.map((signature) => ({ ...signature }))
}

/**
 * The act that publishes an agreement, whole, in the log: its time lock runs from there. `undefined`
 * when the log has it already.
 */
export async function publicationOf(
  reader: Pick<ExchangeReader, 'agreementEvents'>,
  known: KnownAgreement,
  by: string,
): Promise<GovernanceIntent | undefined> {
  const { agreement, digest } = known
  const events = await reader.agreementEvents(digest)
  if (events.some(({ kind }) => kind === 'agreement.published')) return undefined
  const body = readCanonicalJson(agreementBody(agreement))
  return {
    type: 'governance',
    kind: 'agreement.published',
    name: `${agreement.id} v${agreement.version}`,
    digest,
    body: isJsonObject(body) ? { agreement: body, signatures: signaturesOf(agreement) } : null,
    agreement: { digest, event: 'agreement.published', by },
    document: { kind: 'agreement', digest, agreement: digest, bytes: canonicalBytes(agreement) },
  }
}
