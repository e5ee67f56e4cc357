import { type JoinPlan, readJoinPlan } from '../../psi/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import {
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
  signedReply,
  verifiedSender,
} from '../../answer/index.ts'
import { auditWindowMs } from '../carry/index.ts'
import type { JoinContext } from '../join-context.ts'
import { readPlanSignatures } from '../messages/index.ts'
import {
  type AuditableRun,
  mostAuditableRuns,
  parseRunsRequest,
  type RunsRequest,
  runsAnswerBytes,
} from './runs-message.ts'

/** How long ago a run that may be audited can have begun: plans live for a day, and results are kept for a week. */
const listedMs = auditWindowMs + 2 * 86_400_000

/** Tells an inspector which runs of this organisation it may audit; somebody else is told of none. */
export class AuditableRuns {
  readonly #deps: JoinContext
  readonly #nonces: NonceMemory

  constructor(deps: JoinContext) {
    this.#deps = deps
    this.#nonces = new NonceMemory(deps.clock)
  }

  /** Serves `POST /v1/join-audits`. Never rejects. */
  async answer(request: SignedRequest, by: Connection): Promise<SignedResponse> {
    const deps = this.#deps
    const sender = verifiedSender(request, verifyRequest, { ...deps, ...by, nonces: this.#nonces })
    if (typeof sender === 'string') return this.#problem(sender, request)
    const asked = readRequest(request.body)
    if (typeof asked === 'string') return this.#problem(asked, request)
    try {
      const runs = await this.#runsFor(sender.consumer.id, asked)
      if (!deps.isKeyCurrent(sender.keyId)) return this.#problem('PEER_UNKNOWN', request)
      return signedReply(runsAnswerBytes(runs), request, deps)
    } catch (cause) {
      deps.report(cause)
      return this.#problem('LOG_UNAVAILABLE', request)
    }
  }

  async #runsFor(inspector: string, { qid }: RunsRequest): Promise<readonly AuditableRun[]> {
    const { reader, clock } = this.#deps
    const one = qid === null ? undefined : await reader.joinByQid(qid)
    const rows =
      qid === null
        ? await reader.joinsSince(clock.now() - listedMs)
        : one === undefined
          ? []
          : [one]
    const runs: AuditableRun[] = []
    for (const row of rows) {
      if (runs.length === mostAuditableRuns) break
      const run = await this.#runOf(row, inspector, qid !== null)
      if (run !== undefined) runs.push(run)
    }
    return runs
  }

  async #runOf(
    { role, end, ...row }: JoinRow,
    inspector: string,
    isWhole: boolean,
  ): Promise<AuditableRun | undefined> {
    const { clock, reader } = this.#deps
    if (role === 'inspector' || end?.state !== 'done') return undefined
    const untilMs = end.atMs + auditWindowMs
    const plan: JoinPlan = readJoinPlan(row.plan)
    if (plan.inspector !== inspector || clock.now() >= untilMs) return undefined
    const messages = await reader.joinMessages(row.planHash)
    const { qid, planHash } = row
    return {
      qid,
      planHash,
      role,
      endedMs: end.atMs,
      untilMs,
      isAudited: messages.some(({ party }) => party === 'inspector'),
      plan: isWhole ? plan : null,
      signatures: isWhole ? readPlanSignatures(row.signatures) : null,
    }
  }

  #problem(code: ProblemCode, request: SignedRequest): SignedResponse {
    this.#deps.countNoise(code)
    return problemReply(code, request, this.#deps)
  }
}

function readRequest(body: Uint8Array): RunsRequest | ProblemCode {
  try {
    return parseRunsRequest(body)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
  }
}
