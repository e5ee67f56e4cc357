import {
  type AgreementStanding,
  agreementBody,
  defaultLock,
  standingOf,
  type TimeLock,
} from '../agreement/index.ts'
import { type Json, type JsonObject, readCanonicalJson } from '../bytes/index.ts'
import type { ExchangeReader } from './exchange-store.ts'
import type { KnownAgreement } from './question-facts.ts'
import type { GovernanceIntent } from './writer.ts'

/** A configured lock may lengthen what the agreement's legal basis demands; only a demo may shorten it. */
function lockOf({ agreement }: KnownAgreement, configured: TimeLock): TimeLock {
  if (configured.demo) return configured
  const floor = defaultLock(agreement)
  return floor.milliseconds > configured.milliseconds && citesLongerLock(agreement)
    ? floor
    : configured
}

function citesLongerLock(agreement: KnownAgreement['agreement']): boolean {
  return agreement.legalBasis.some((basis) => basis.startsWith('usc:'))
}

/**
 * Where exactly this agreement, by its digest, stands at `nowMs` by the acts in the log. A new
 * version is a new document: no act upon an earlier one counts for it, least of all its publication.
 */
export async function standingNow(
  reader: Pick<ExchangeReader, 'agreementEvents'>,
  known: KnownAgreement,
  nowMs: number,
  configured: TimeLock,
): Promise<AgreementStanding> {
  const events = await reader.agreementEvents(known.digest)
  return standingOf(known.agreement, events, nowMs, lockOf(known, configured))
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/**
 * The act that publishes an agreement, whole, in the log: its time lock runs from there. `undefined`
 * when the log has it already.
 */
export async function publicationOf(
  reader: Pick<ExchangeReader, 'agreementEvents'>,
  { agreement, digest }: KnownAgreement,
  by: string,
): Promise<GovernanceIntent | undefined> {
  const events = await reader.agreementEvents(digest)
  if (events.some(({ kind }) => kind === 'agreement.published')) return undefined
  const body = readCanonicalJson(agreementBody(agreement))
  return {
    type: 'governance',
    kind: 'agreement.published',
    name: `${agreement.id} v${agreement.version}`,
    digest,
    body: isObject(body) ? { agreement: body } : null,
    agreement: { digest, event: 'agreement.published', by },
  }
}
