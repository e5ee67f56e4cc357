import {
  type ActRefusal,
  type Agreement,
  type AgreementAct,
  agreementDigest,
  AgreementError,
  type ConsentIssuer,
  type DescribedRegister,
  ActError,
  judgeAct,
  liftsOf,
  parseAct,
  parseAgreement,
  standingSuspensions,
} from '../../agreement/index.ts'
import { encodeBase64, equalBytes } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import {
  type AgreementReader,
  type GovernanceIntent,
  type KnownAgreement,
  type PersonWriter,
  publicationOf,
} from '../../person/index.ts'
import type { Clock } from '../../ports/index.ts'
import { NodeError } from '../node-error.ts'
import { knownUnder, type OfficerKeys } from '../read-agreements.ts'
import { actIntent, offerIntent } from './agreement-intent.ts'
import { type BookedDocument, booked } from './booked-document.ts'
import { agreementRefusal, type AgreementRefusal, misfit, type TakenUp } from './judge-agreement.ts'

/** Why a document was not taken up. */
export type DocumentRefusal =
  'AGREEMENT_MALFORMED' | 'ACT_MALFORMED' | 'AGREEMENT_UNKNOWN' | AgreementRefusal | ActRefusal

/** What became of a document. */
export type DocumentVerdict =
  | { readonly state: 'accepted'; readonly entry: string; readonly index: number }
  /** The log has it already; nothing was written. */
  | { readonly state: 'known' }
  | { readonly state: 'refused'; readonly code: DocumentRefusal; readonly reason: string }

/** An agreement that was taken up, signed by one party or both. */
export interface HeldAgreement extends KnownAgreement {
  /** What a resumption names now: the suspensions that stand. */
  readonly lifts: readonly string[]
}

/** What the book is made from. */
export interface AgreementBookDeps {
  readonly organisation: string
  readonly clock: Clock
  readonly ed25519: Ed25519
  /** Keys of officers as they count now. */
  readonly officers: () => OfficerKeys
  /** Of files, signatures checked. */
  readonly files: readonly KnownAgreement[]
  /** Whether consents by this key of an issuer count now. */
  readonly isConsentKey: (issuer: ConsentIssuer) => boolean
  /** The own ones, as they are described. */
  readonly registers: readonly DescribedRegister[]
}

/** The log that acts become entries of. */
export interface AgreementGroundwork {
  readonly writer: PersonWriter
  readonly reader: AgreementReader
  /** Told of all agreements that both have signed, whenever one is new. */
  readonly know: (agreements: readonly KnownAgreement[]) => void
}

/** Agreements with one signature or more, and acts upon them, in the order of the log. */
interface Shelf {
  readonly agreements: Map<string, Agreement>
  readonly acts: AgreementAct[]
  /** In the order in which they were taken up. */
  readonly order: { readonly digest: string; readonly act: AgreementAct | undefined }[]
}

/**
 * The agreements of a running gateway. What questions are decided by is changed in place, so that whoever
 * holds the list sees a new agreement at the next look. A document counts only once its entry is durable.
 */
export class AgreementBook {
  /** Agreements that both parties' officers have signed, under keys that count now. */
  readonly known: readonly KnownAgreement[]
  /** Those and every other that both had signed: a version whose signer's key was revoked has still been one. */
  readonly lineage: readonly KnownAgreement[]
  readonly #lineage: KnownAgreement[] = []
  readonly #known: KnownAgreement[]
  readonly #deps: AgreementBookDeps
  readonly #shelf: Shelf = { agreements: new Map(), acts: [], order: [] }
  #ground: AgreementGroundwork | undefined
  #last: Promise<unknown> = Promise.resolve()
  #keysSeen = ''

  constructor(deps: AgreementBookDeps) {
    this.#known = []
    this.known = this.#known
    this.lineage = this.#lineage
    this.#deps = deps
    for (const { agreement } of deps.files) this.#shelve(agreement)
    this.refresh()
  }

  /**
   * Reads what was taken up before; from here on documents can be.
   *
   * @throws {@link NodeError} `AGREEMENT_FILE_INVALID` for a file that is new here and that the own registers
   * cannot answer
   */
  async begin(ground: AgreementGroundwork): Promise<void> {
    await this.#requireFit(ground.reader)
    for (const { kind, bytes } of await ground.reader.agreementDocuments()) {
      if (kind === 'agreement') this.#shelve(parseAgreement(bytes))
      else this.#shelveAct(parseAct(bytes))
    }
    this.#ground = ground
    this.#keysSeen = ''
    this.refresh()
  }

  async #requireFit(reader: AgreementReader): Promise<void> {
    const { files, organisation: own, registers } = this.#deps
    for (const { agreement, digest } of files) {
      const reason = misfit(agreement, { own, registers })
      if (reason === '' || (await reader.agreementEvents(digest)).length > 0) continue
      throw new NodeError(
        'AGREEMENT_FILE_INVALID',
        `The agreement ${agreement.id} v${agreement.version} is not taken up, it does not fit the registers here: ${reason}. See "cloison agreement lint FILE -c".`,
      )
    }
  }

  /** Looks at the officers' keys: an agreement whose signature is by a revoked one lets nothing through. */
  refresh(): readonly string[] {
    const officers = this.#deps.officers()
    const keys = fingerprint(officers)
    if (keys === this.#keysSeen) return []
    this.#keysSeen = keys
    const dropped: string[] = []
    const lineage: KnownAgreement[] = []
    const known = [...this.#shelf.agreements].flatMap(([digest, agreement]) => {
      const found = knownUnder(agreement, officers, this.#deps.ed25519)
      if (typeof found !== 'string') lineage.push(found)
      else if (isWhole(agreement)) lineage.push({ agreement, digest, countersigned: false })
      if (typeof found !== 'string') return [found]
      if (this.#known.some((one) => one.agreement === agreement))
        dropped.push(`${agreement.id} v${agreement.version}: ${found}`)
      return []
    })
    this.#known.splice(0, this.#known.length, ...known)
    this.#lineage.splice(0, this.#lineage.length, ...lineage)
    this.#ground?.know(lineage)
    return dropped
  }

  /** Every agreement that was taken up, offers as well, with what resuming it must name. */
  held(): readonly HeldAgreement[] {
    return [...this.#shelf.agreements].map(([digest, agreement]) => {
      const whole = this.#lineage.find((one) => one.digest === digest)
      const acts = this.#shelf.acts.filter((one) => one.agreement.digest === digest)
      return {
        ...(whole ?? { agreement, digest, countersigned: false }),
        lifts: liftsOf(standingSuspensions(acts, agreement)),
      }
    })
  }

  /** Everything that was taken up, oldest first: what peers are handed. */
  documents(): readonly BookedDocument[] {
    return this.#shelf.order.flatMap(({ digest, act }) => {
      const agreement = this.#shelf.agreements.get(digest)
      return agreement === undefined ? [] : [booked(agreement, digest, act)]
    })
  }

  /**
   * Judges a signed agreement or act and, where it is good, makes it an entry; from then on it counts. One
   * at a time. `whole`: an agreement needs both signatures. Resolves once the entry is on disk.
   */
  accept(bytes: Uint8Array, need: 'any' | 'whole' = 'any'): Promise<DocumentVerdict> {
    const next = this.#last.then(() => this.#accept(bytes, need))
    this.#last = next.catch(() => undefined)
    return next
  }

  async #accept(bytes: Uint8Array, need: 'any' | 'whole'): Promise<DocumentVerdict> {
    try {
      return isAct(bytes)
        ? await this.#acceptAct(parseAct(bytes))
        : await this.#acceptAgreement(parseAgreement(bytes), need)
    } catch (cause) {
      if (cause instanceof ActError)
        return { state: 'refused', code: cause.code, reason: cause.message }
      if (cause instanceof AgreementError)
        return { state: 'refused', code: 'AGREEMENT_MALFORMED', reason: cause.message }
      throw cause
    }
  }

  async #acceptAct(act: AgreementAct): Promise<DocumentVerdict> {
    const { reader } = this.#running()
    const { digest } = act.agreement
    const agreement = this.#shelf.agreements.get(digest)
    if (agreement === undefined)
      return refused('AGREEMENT_UNKNOWN', 'this gateway has no such agreement; offer it first')
    const { officers, clock, ed25519 } = this.#deps
    const verdict = judgeAct(act, {
      agreement,
      digest,
      history: await reader.agreementEvents(digest),
      accepted: this.#shelf.acts.filter((one) => one.agreement.digest === digest),
      keysOf: ({ organisation, role }) =>
        (role === 'dpo' ? officers().dpos : officers().inspectors).get(organisation) ?? [],
      nowMs: clock.now(),
      ed25519,
    })
    if (verdict.state !== 'acceptable') return verdict
    const accepted = await this.#commit(actIntent(act))
    this.#shelveAct(act)
    return accepted
  }

  async #acceptAgreement(offered: Agreement, need: 'any' | 'whole'): Promise<DocumentVerdict> {
    const { reader } = this.#running()
    const { organisation, officers, clock, ed25519, registers, isConsentKey } = this.#deps
    const digest = encodeBase64(agreementDigest(offered))
    const before = this.#shelf.agreements.get(digest)
    const agreement = before === undefined ? offered : withSignatures(before, offered)
    const events = await reader.agreementEvents(digest)
    if (before !== undefined && isSame(before, agreement) && events.length > 0)
      return { state: 'known' }
    const refusal = agreementRefusal(
      { agreement, digest },
      {
        own: organisation,
        keys: officers(),
        registers,
        isConsentKey,
        others: await this.#takenUp(reader),
        nowMs: clock.now(),
        ed25519,
      },
    )
    if (refusal !== undefined) return { state: 'refused', ...refusal }
    const known = knownUnder(agreement, officers(), ed25519)
    if (typeof known === 'string' && need === 'whole') return refused('AGREEMENT_UNSIGNED', known)
    const intent = await this.#intentFor(agreement, digest, known)
    if (intent === undefined)
      return isLate(agreement, before) ? refused(...late) : { state: 'known' }
    const accepted = await this.#commit(intent)
    this.#shelve(agreement)
    this.#keysSeen = ''
    this.refresh()
    return accepted
  }

  /** Published where both have signed, with whatever countersignature it needs; until then an offer. */
  async #intentFor(
    agreement: Agreement,
    digest: string,
    known: KnownAgreement | string,
  ): Promise<GovernanceIntent | undefined> {
    const { reader } = this.#running()
    if (typeof known !== 'string') return publicationOf(reader, known, this.#deps.organisation)
    const by = agreement.signatures.find(({ role }) => role === 'dpo')?.organisation
    return offerIntent(agreement, { digest, by: by ?? this.#deps.organisation })
  }

  #takenUp(reader: AgreementReader): Promise<readonly TakenUp[]> {
    return Promise.all(
      [...this.#shelf.agreements].map(async ([digest, agreement]) => ({
        agreement,
        digest,
        events: await reader.agreementEvents(digest),
      })),
    )
  }

  async #commit(intent: GovernanceIntent): Promise<DocumentVerdict> {
    const committed = await this.#running().writer.commit(intent)
    if (committed.type !== 'governance') throw new TypeError('the writer answered another intent')
    return { state: 'accepted', entry: intent.kind, index: committed.index }
  }

  #running(): AgreementGroundwork {
    if (this.#ground === undefined)
      throw new TypeError('a document is taken up only by a running gateway')
    return this.#ground
  }

  #shelve(agreement: Agreement): void {
    const digest = encodeBase64(agreementDigest(agreement))
    const before = this.#shelf.agreements.get(digest)
    const whole = before === undefined ? agreement : withSignatures(before, agreement)
    this.#shelf.agreements.set(digest, whole)
    if (before === undefined) this.#shelf.order.push({ digest, act: undefined })
  }

  #shelveAct(act: AgreementAct): void {
    this.#shelf.acts.push(act)
    this.#shelf.order.push({ digest: act.agreement.digest, act })
  }
}

function refused(code: DocumentRefusal, reason: string): DocumentVerdict {
  return { state: 'refused', code, reason }
}

/** Canonical JSON sorts its members, and only an act begins with this one. */
function isAct(bytes: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, actBegin.length), actBegin)
}

const actBegin = new TextEncoder().encode('{"act":')

function withSignatures(one: Agreement, other: Agreement): Agreement {
  const isThere = (signature: Agreement['signatures'][number]): boolean =>
    one.signatures.some(({ organisation }) => organisation === signature.organisation)
  return {
    ...one,
    signatures: [...one.signatures, ...other.signatures.filter((two) => !isThere(two))],
  }
}

const late = [
  'AGREEMENT_COUNTERSIGNED_LATE',
  'it was published without this countersignature, which makes it wider; sign a new version with it',
] as const

function isLate(agreement: Agreement, before: Agreement | undefined): boolean {
  const inspectors = (one: Agreement | undefined): number =>
    one?.signatures.filter(({ role }) => role === 'inspector').length ?? 0
  return before !== undefined && inspectors(agreement) > inspectors(before)
}

/** Each signature was good when the document was taken up. */
function isWhole({ provider, consumer, signatures }: Agreement): boolean {
  return [provider, consumer].every((party) =>
    signatures.some(({ role, organisation }) => role === 'dpo' && organisation === party),
  )
}

function isSame(one: Agreement, other: Agreement): boolean {
  return one.signatures.length === other.signatures.length
}

function fingerprint({ dpos, inspectors }: OfficerKeys): string {
  const of = (keys: OfficerKeys['dpos']): readonly string[] =>
    [...keys].map(([id, list]) => `${id}=${list.map(encodeBase64).join(',')}`)
  return [...of(dpos), '|', ...of(inspectors)].join(';')
}
