import { canonicalBytes, decodeBase64, decodeUtf8, encodeBase64 } from '../../src/bytes/index.ts'
import {
  appendLeaves,
  batchNodeReader,
  emptyTree,
  type ExchangeRecord,
  formatCheckpoint,
  formatTlogProof,
  leafHash,
  type LogTree,
  makeEntry,
  type NodeReader,
  proverFor,
  rootHash,
  SIGNATURE_TYPES,
  signNote,
} from '../../src/log/index.ts'
import { personQuestionPath } from '../../src/person/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../src/platform/index.ts'
import {
  type AskedReceipt,
  caseDigest,
  gatewayKeyId,
  makeExchangeId,
  parseOrganisationId,
  type PersonQuestion,
  type QuestionCore,
  questionDigest,
  signCaseToken,
  type SignatureKey,
  signRequest,
} from '../../src/protocol/index.ts'
import type { ConsumerSecrets, FixtureCase, FixtureSubject } from './provider-fixture.ts'

/** A question that stands in the consumer's own log, ready to be sent as often as needed. */
export interface AskedQuestion {
  readonly exchangeId: string
  readonly core: QuestionCore
  readonly receipt: AskedReceipt
  /** Commitment of "asked", base64. */
  readonly commitment: string
  /** The whole question, canonical. */
  readonly body: Uint8Array
  /** What a true answer says. */
  readonly expected: boolean
}

/** Whom to ask about, in which case. */
export interface AskWhere {
  readonly case: FixtureCase
  readonly subject: FixtureSubject
}

/** The consumer of the fixture: it logs before it asks, and signs what it sends. */
export interface AskingConsumer {
  readonly key: SignatureKey
  /**
   * Logs one "asked" for each place and returns the questions, in order. `change` alters a core
   * before it is logged.
   */
  ask(
    where: readonly AskWhere[],
    change?: (core: QuestionCore) => QuestionCore,
  ): Promise<readonly AskedQuestion[]>
  /** Fields of one delivery, signed now under a fresh nonce. */
  sign(body: Uint8Array, nonce?: Uint8Array): Record<string, string>
}

const tokenLifeSeconds = 900
const tokenRenewalMs = 600_000

/** The proofs of newest entries read nothing older than the last append. */
const nothingOlder: NodeReader = {
  read: () => Promise.reject(new Error('a node of an older batch was asked for')),
}

/** Case tokens by case and subject; each is good for many questions while it lives. */
function tokenSource(secrets: ConsumerSecrets): (where: AskWhere) => Promise<string> {
  const known = new Map<string, { readonly token: string; readonly madeAtMs: number }>()
  const seed = decodeBase64(secrets.caseSeed)
  return async ({ case: { reference, official }, subject }) => {
    const name = `${reference} ${subject.value}`
    const found = known.get(name)
    const nowMs = systemClock.now()
    if (found !== undefined && nowMs - found.madeAtMs < tokenRenewalMs) return found.token
    const iat = Math.floor(nowMs / 1000)
    const claims = {
      iss: secrets.caseIssuer,
      aud: secrets.provider,
      iat,
      exp: iat + tokenLifeSeconds,
      case: reference,
      subject: { scheme: 'demo-nin', value: subject.value },
      official,
      purpose: secrets.agreement.purpose,
      open: true,
    }
    const token = await signCaseToken(claims, seed)
    known.set(name, { token, madeAtMs: nowMs })
    return token
  }
}

function askedRecord(core: QuestionCore, secrets: ConsumerSecrets): ExchangeRecord {
  const { agreement } = secrets
  return {
    v: 1,
    class: 'exchange',
    kind: 'person.asked',
    timeMs: systemClock.now(),
    exchangeId: core.exchangeId,
    consumer: secrets.id,
    provider: secrets.provider,
    agreement: { id: agreement.id, version: agreement.version, digest: agreement.digest },
    purpose: core.purpose,
    legalBasis: core.legalBasis,
    elements: core.elements,
    outcome: null,
    code: null,
    cap: null,
    official: core.official.pseudonym,
    case: encodeBase64(caseDigest(systemRandomness.bytes(32), core.case.reference)),
    consent: null,
    notice: 'immediate',
    noticeUntilMs: null,
    questionDigest: encodeBase64(questionDigest(core)),
    resultDigest: null,
    peer: null,
    chain: null,
  }
}

async function coreOf(
  where: AskWhere,
  secrets: ConsumerSecrets,
  tokenOf: (where: AskWhere) => Promise<string>,
): Promise<QuestionCore> {
  const { agreement } = secrets
  return {
    v: 1,
    exchangeId: makeExchangeId(systemRandomness.bytes(16)),
    agreement: agreement.id,
    version: agreement.version,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis,
    elements: agreement.elements,
    subject: { scheme: 'demo-nin', value: where.subject.value },
    case: { reference: where.case.reference, token: await tokenOf(where) },
    official: { pseudonym: where.case.official, authTimeMs: systemClock.now() },
    createdAtMs: systemClock.now(),
  }
}

/** One growing tree for each log, whoever asks in its name: a log has one history. */
const trees = new Map<string, LogTree>()

/**
 * Makes the consumer from its secrets. Its log lives in the memory of this process; under another
 * `history` it has another one of the same name, as a consumer has that forks its log.
 */
export function askingConsumer(secrets: ConsumerSecrets, history = ''): AskingConsumer {
  const ed25519 = bestEd25519()
  const tokenOf = tokenSource(secrets)
  const seed = decodeBase64(secrets.gatewaySeed)
  const organisation = parseOrganisationId(secrets.id)
  const key = { keyId: gatewayKeyId(organisation, ed25519.publicKey(seed)), seed }
  const signer = {
    name: secrets.origin,
    type: SIGNATURE_TYPES.ed25519,
    seed: decodeBase64(secrets.logSeed),
  }
  const log = `${secrets.origin} ${secrets.logSeed} ${history}`

  async function logged(
    cores: readonly QuestionCore[],
  ): Promise<readonly { receipt: AskedReceipt; commitment: string }[]> {
    const entries = cores.map((core) =>
      makeEntry(askedRecord(core, secrets), systemRandomness.bytes(32)),
    )
    const tree = trees.get(log) ?? emptyTree()
    const before = tree.size
    const appended = appendLeaves(
      tree,
      entries.map(({ leaf }) => leafHash(leaf)),
    )
    trees.set(log, appended.tree)
    const { size } = appended.tree
    const root = rootHash(appended.tree)
    const text = formatCheckpoint({ origin: secrets.origin, size, root })
    const checkpoint = signNote(text, [signer], ed25519)
    const prover = proverFor(size, batchNodeReader(appended.nodes, nothingOlder))
    return Promise.all(
      entries.map(async ({ r, recordBytes, commitment }, place) => {
        const index = before + place
        const proof = formatTlogProof({
          index,
          hashes: await prover.inclusion(index),
          checkpoint,
        })
        const receipt = { r: encodeBase64(r), record: decodeUtf8(recordBytes), proof }
        return { receipt, commitment: encodeBase64(commitment) }
      }),
    )
  }

  return {
    key,
    async ask(where, change = (core) => core) {
      const cores: QuestionCore[] = []
      for (const one of where) cores.push(change(await coreOf(one, secrets, tokenOf)))
      const entries = await logged(cores)
      return cores.flatMap((core, place) => {
        const entry = entries[place]
        const expected = where[place]?.subject.belowLimit
        if (entry === undefined || expected === undefined) return []
        const { receipt, commitment } = entry
        const question: PersonQuestion = {
          ...core,
          askedReceipt: receipt,
          lastSeenCheckpoint: null,
        }
        const body = canonicalBytes(question)
        return [{ exchangeId: core.exchangeId, core, receipt, commitment, body, expected }]
      })
    },
    sign: (body, nonce = systemRandomness.bytes(16)) =>
      signRequest(
        {
          method: 'POST',
          authority: secrets.authority,
          path: personQuestionPath,
          contentType: 'application/json',
          body,
        },
        { key, createdAtMs: systemClock.now(), nonce, ed25519 },
      ),
  }
}
