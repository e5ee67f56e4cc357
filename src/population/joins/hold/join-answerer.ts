import { canonicalBytes, encodeHex, type JsonObject } from '../../../bytes/index.ts'
import {
  type LoggedEntry,
  type ProblemCode,
  ProtocolError,
  type SignedRequest,
  type SignedResponse,
  verifyRequest,
} from '../../../protocol/index.ts'
import {
  type Connection,
  NonceMemory,
  problemReply,
  RefusalQuota,
  signedReply,
  verifiedSender,
} from '../../answer/index.ts'
import type { BeginJoinCommitted } from '../../commit/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import { joinPlanBytes, planHash, sides } from '../../psi/index.ts'
import type { JoinRunner } from '../carry/index.ts'
import type { JoinContext } from '../join-context.ts'
import { organisationOf } from '../join-parties.ts'
import {
  isPlanSigned,
  type JoinBeginning,
  type JoinProposal,
  parseJoinBeginning,
  parseJoinProposal,
  signaturesJson,
  signPlan,
} from '../messages/index.ts'
import {
  chargeOf,
  entryOf,
  type HeldPlan,
  numberTaken,
  type PlanRefusal,
  refuseHeldPlan,
  standingWords,
} from './held-plan.ts'
import { joinTermsOf } from './join-terms-of.ts'

interface Asked<Message> {
  readonly request: SignedRequest
  readonly keyId: string
  readonly message: Message
  readonly held: HeldPlan
}

/**
 * Answers, as a holder, what a tally asks of it: to agree to a plan, which costs nothing, and to begin it, which is charged, for
 * good, before any row is read.
 */
export class JoinAnswerer {
  readonly #deps: JoinContext
  readonly #runner: JoinRunner
  readonly #nonces: NonceMemory
  readonly #quota: RefusalQuota

  constructor(deps: JoinContext, runner: JoinRunner) {
    this.#deps = deps
    this.#runner = runner
    this.#nonces = new NonceMemory(deps.clock)
    this.#quota = new RefusalQuota(deps.clock)
  }

  /** Serves `POST /v1/joins`. Never rejects. */
  propose(request: SignedRequest, by: Connection): Promise<SignedResponse> {
    return this.#serve({ request, by }, parseJoinProposal, async (asked) => {
      const refusal = await refuseHeldPlan(asked.held, this.#deps)
      return refusal === undefined ? this.#agree(asked) : this.#refuse(asked, refusal)
    })
  }

  /** Serves `POST /v1/joins/<qid>/begin`. Never rejects. */
  begin(qid: string, request: SignedRequest, by: Connection): Promise<SignedResponse> {
    return this.#serve({ request, by }, parseJoinBeginning, async (asked) => {
      if (asked.held.plan.qid !== qid || !this.#isSigned(asked.message))
        return this.#problem('SIGNATURE_INVALID', request)
      const row = await this.#deps.reader.join(encodeHex(planHash(asked.held.plan)))
      if (row !== undefined) return this.#begun(asked, row)
      const refusal = await refuseHeldPlan(asked.held, this.#deps)
      return refusal === undefined ? this.#reserve(asked) : this.#refuse(asked, refusal)
    })
  }

  async #serve<Message extends JoinProposal>(
    { request, by }: { readonly request: SignedRequest; readonly by: Connection },
    parse: (bytes: Uint8Array) => Message,
    answer: (asked: Asked<Message>) => Promise<SignedResponse>,
  ): Promise<SignedResponse> {
    const asked = this.#admit({ request, by }, parse)
    if (typeof asked === 'string') return this.#problem(asked, request)
    if (!this.#deps.mayAnswer()) return this.#problem('LOG_UNAVAILABLE', request)
    try {
      const response = await answer(asked)
      return this.#deps.isKeyCurrent(asked.keyId)
        ? response
        : this.#problem('PEER_UNKNOWN', request)
    } catch (cause) {
      this.#deps.report(cause)
      return this.#problem('LOG_UNAVAILABLE', request)
    }
  }

  /** Signature, sender, form, and the agreement between both that the plan names, in this order. */
  #admit<Message extends JoinProposal>(
    { request, by }: { readonly request: SignedRequest; readonly by: Connection },
    parse: (bytes: Uint8Array) => Message,
  ): Asked<Message> | ProblemCode {
    const sender = verifiedSender(request, verifyRequest, {
      ...this.#deps,
      ...by,
      nonces: this.#nonces,
    })
    if (typeof sender === 'string') return sender
    const message = readAs(parse, request.body)
    if (typeof message === 'string') return message
    const { plan, analyst } = message
    const side = sides.find((one) => organisationOf(plan, one) === this.#deps.organisation)
    const held = side && joinTermsOf(plan, side, this.#deps)
    const isAsker = held?.known.agreement.consumer.valueOf() === sender.consumer.id
    if (side === undefined || held === undefined || !isAsker) return 'AGREEMENT_UNKNOWN'
    return { request, keyId: sender.keyId, message, held: { ...held, plan, side, analyst } }
  }

  /** Whether all three parties have signed this plan, each with a key that counts now. */
  #isSigned({ plan, signatures }: JoinBeginning): boolean {
    const { organisation, key, ed25519, peers } = this.#deps
    const own = new Map([[key.keyId, ed25519.publicKey(key.seed)]])
    const hash = planHash(plan)
    return ([...sides, 'tally'] as const).every((party) => {
      const name = organisationOf(plan, party)
      const keys = name === organisation ? own : peers.get(name)?.gatewayKeys
      return keys !== undefined && isPlanSigned(hash, signatures[party], { keys, ed25519 })
    })
  }

  #agree({ request, held }: Asked<JoinProposal>): SignedResponse {
    const { key, ed25519 } = this.#deps
    const hash = planHash(held.plan)
    const signature = signPlan(hash, key, ed25519)
    return this.#send(request, {
      v: 1,
      planHash: encodeHex(hash),
      state: 'agreed',
      signature: { ...signature },
    })
  }

  /** Decides again on live counters, charges and begins, in one commit; only then rows are read, and not awaited here. */
  async #reserve(asked: Asked<JoinBeginning>): Promise<SignedResponse> {
    const { held, message } = asked
    const { plan, side, analyst } = held
    const done = await this.#deps.writer.commit({
      type: 'join-begin',
      parties: entryOf(held),
      join: {
        planHash: encodeHex(planHash(plan)),
        qid: plan.qid,
        role: side,
        analyst,
        plan: joinPlanBytes(plan),
        signatures: canonicalBytes(signaturesJson(message.signatures)),
      },
      charge: chargeOf(held),
    })
    if (done.type !== 'join-begin') throw new TypeError('the writer answered another intent')
    return done.state === 'refused'
      ? this.#sendRefused(asked, refusalOf(done), done.entry)
      : this.#begun(asked, done.row)
  }

  #begun({ request }: Asked<JoinBeginning>, row: JoinRow): SignedResponse {
    this.#runner.begun(row)
    const { planHash: hash, place, reservation } = row
    const entry = { ...place, commitment: reservation ?? '' }
    return this.#send(request, { v: 1, planHash: hash, state: 'begun', entry })
  }

  async #refuse(asked: Asked<JoinProposal>, refusal: PlanRefusal): Promise<SignedResponse> {
    const { held, request } = asked
    if (!this.#quota.take(held.known.agreement.consumer))
      return this.#problem('QUOTA_EXCEEDED', request)
    const { code } = refusal
    const parties = entryOf(held)
    const done = await this.#deps.writer.commit({ type: 'population-refuse', parties, code })
    if (done.type !== 'population-refuse') throw new TypeError('the writer answered another intent')
    return this.#sendRefused(asked, refusal, done.entry)
  }

  #sendRefused(
    { request, held }: Asked<JoinProposal>,
    { code, path, message, spent }: PlanRefusal,
    { leaf, opening, inclusion, consistency }: LoggedEntry,
  ): SignedResponse {
    return this.#send(request, {
      v: 1,
      planHash: encodeHex(planHash(held.plan)),
      state: 'refused',
      code,
      path,
      message,
      spent: spent === undefined ? null : { ...spent },
      leaf,
      opening: { ...opening },
      inclusion,
      consistency: [...consistency],
    })
  }

  #send(request: SignedRequest, body: JsonObject): SignedResponse {
    return signedReply(canonicalBytes(body), request, this.#deps)
  }

  #problem(code: ProblemCode, request: SignedRequest): SignedResponse {
    this.#deps.countNoise(code)
    return problemReply(code, request, this.#deps)
  }
}

function refusalOf({
  code,
  spent,
}: Extract<BeginJoinCommitted, { state: 'refused' }>): PlanRefusal {
  // The one thing of the plan itself that a commit refuses.
  if (code === numberTaken.code) return numberTaken
  const refusal = { code, path: '', message: standingWords[code] ?? '' }
  return spent === undefined ? refusal : { ...refusal, spent }
}

function readAs<Message extends object>(
  parse: (bytes: Uint8Array) => Message,
  body: Uint8Array,
): Message | ProblemCode {
  try {
    return parse(body)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
  }
}
