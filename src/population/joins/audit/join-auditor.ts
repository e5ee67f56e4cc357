import { canonicalBytes, encodeHex } from '../../../bytes/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import { PopulationError } from '../../population-error.ts'
import {
  JoinError,
  type JoinPlan,
  joinPlanBytes,
  planHash,
  type Side,
  sides,
} from '../../psi/index.ts'
import { askPeer } from '../ask-peer.ts'
import type { JoinRunner } from '../carry/index.ts'
import type { JoinContext, JoinPeer } from '../join-context.ts'
import { messageEntry, organisationOf } from '../join-parties.ts'
import { isPlanSigned, type PlanSignatures, signaturesJson } from '../messages/index.ts'
import { auditView, type AuditView } from './audit-view.ts'
import {
  type AuditableRun,
  auditableRunsPath,
  mostRunsAnswerBytes,
  parseRunsAnswer,
  runsRequestBytes,
} from './runs-message.ts'

/** Why an audit is not begun. Nothing has been asked of anybody then. */
export const auditRefusalCodes = [
  /** No party that can be reached has a run of this number with this organisation as its inspector. */
  'JOIN_AUDIT_UNKNOWN',
  /** What is shown as the plan was not agreed on: a signature of one of the three does not hold. */
  'JOIN_AUDIT_UNSIGNED',
  /** A party of the plan is no peer here. */
  'JOIN_AUDIT_PEER_UNKNOWN',
  /** There is no key here to open sealed tokens with. */
  'JOIN_AUDIT_NO_KEY',
  /** Another join was begun or audited here under this number, which its tally has chosen. */
  'JOIN_AUDIT_NUMBER_TAKEN',
] as const
/** One of {@link auditRefusalCodes}. */
export type AuditRefusalCode = (typeof auditRefusalCodes)[number]

/** What became of beginning an audit. */
export type AuditBegun =
  | { readonly state: 'begun'; readonly qid: string }
  /** It was begun before: of one plan there is one audit. */
  | { readonly state: 'held'; readonly qid: string }
  | { readonly state: 'refused'; readonly code: AuditRefusalCode }

/** Which run is audited, and how. */
export interface AuditOrder {
  readonly qid: string
  /** Whose dummies are opened; of one side at most. */
  readonly dummiesOf: Side | null
  /** How long evidence, and then answers, are waited for. */
  readonly patienceMs: number
  /** Who has it made, as the configuration names them. */
  readonly by: string
}

/** A run that may be audited, by what its parties say of it. */
export interface SeenRun extends Omit<AuditableRun, 'plan' | 'signatures' | 'role'> {
  /** Who lists it. */
  readonly seenAt: readonly string[]
}

/** All runs that may be audited, and which peers could not say. */
export interface AuditableList {
  readonly runs: readonly SeenRun[]
  readonly unreachable: readonly string[]
}

/** What an inspector's own people do with audits. */
export type AuditDesk = Pick<JoinAuditor, 'auditable' | 'audits' | 'audit' | 'begin'>

interface ShownPlan {
  readonly plan: JoinPlan
  readonly signatures: PlanSignatures
}

/**
 * Audits joins as the inspector that their plans name: begins, follows, and tells what was found. Once begun an audit goes on by
 * itself, through crashes of any party, until there is a finding.
 */
export class JoinAuditor {
  readonly #deps: JoinContext
  readonly #runner: JoinRunner

  constructor(deps: JoinContext, runner: JoinRunner) {
    this.#deps = deps
    this.#runner = runner
  }

  /** The runs that name this organisation as inspector, as all peers list them, the newest result first. Opens nothing. */
  async auditable(): Promise<AuditableList> {
    const unreachable: string[] = []
    const found = new Map<string, SeenRun>()
    for (const { id, runs } of await this.#ask(null)) {
      if (runs === undefined) unreachable.push(id)
      for (const run of runs ?? []) {
        const { plan: _plan, signatures: _signatures, role: _role, ...shown } = run
        const before = found.get(run.planHash)
        found.set(run.planHash, {
          ...shown,
          isAudited: run.isAudited || before?.isAudited === true,
          untilMs: Math.min(run.untilMs, before?.untilMs ?? run.untilMs),
          seenAt: [...(before?.seenAt ?? []), id],
        })
      }
    }
    const runs = [...found.values()].toSorted((one, other) => other.endedMs - one.endedMs)
    return { runs, unreachable }
  }

  /** The audits of this organisation, the newest first. */
  async audits(): Promise<readonly AuditView[]> {
    const rows = await this.#deps.reader.joins()
    const own = rows.filter(({ role }) => role === 'inspector')
    return Promise.all(own.map((row) => this.#view(row)))
  }

  /** One audit; `undefined` where there is none of this number. */
  async audit(qid: string): Promise<AuditView | undefined> {
    const row = await this.#deps.reader.joinByQid(qid)
    return row?.role === 'inspector' ? this.#view(row) : undefined
  }

  /**
   * Begins the audit of one run, once: binds this organisation to a nonce, and asks all three for evidence.
   *
   * @throws {@link PopulationError} `PEER_UNAVAILABLE` where nobody who has the run can be reached
   */
  async begin({ qid, by, ...auditing }: AuditOrder): Promise<AuditBegun> {
    const known = await this.#deps.reader.joinByQid(qid)
    if (known?.role === 'inspector') return { state: 'held', qid }
    if (known !== undefined) return { state: 'refused', code: 'JOIN_AUDIT_NUMBER_TAKEN' }
    const shown = await this.#shown(qid)
    if (typeof shown === 'string') return { state: 'refused', code: shown }
    const { plan } = shown
    const run = encodeHex(planHash(plan))
    try {
      await this.#deps.machine.beginAudit(run, { ...auditing, plan: joinPlanBytes(plan) })
    } catch (cause) {
      if (!(cause instanceof JoinError)) throw cause
      return { state: 'refused', code: 'JOIN_AUDIT_NO_KEY' }
    }
    const row = await this.#commit(shown, by)
    if (row === undefined) {
      this.#deps.runs.destroy(run)
      return { state: 'refused', code: 'JOIN_AUDIT_NUMBER_TAKEN' }
    }
    this.#runner.begun(row)
    return { state: 'begun', qid }
  }

  async #view(row: JoinRow): Promise<AuditView> {
    return auditView(row, await this.#deps.reader.joinMessages(row.planHash))
  }

  /** What every peer says; one that cannot be reached says `undefined`. */
  async #ask(
    qid: string | null,
  ): Promise<readonly { id: string; runs: readonly AuditableRun[] | undefined }[]> {
    const body = runsRequestBytes({ v: 1, qid })
    const request = { path: auditableRunsPath, body, maxResponseBytes: mostRunsAnswerBytes }
    const ask = async (peer: JoinPeer): Promise<readonly AuditableRun[] | undefined> => {
      try {
        return await askPeer({ ...request, parse: parseRunsAnswer }, peer, this.#deps)
      } catch (cause) {
        if (!(cause instanceof PopulationError)) throw cause
        // A peer that is no gateway of joins, or an older one, refuses: it has no run to list.
        return cause.code === 'PEER_REFUSED' ? [] : undefined
      }
    }
    const peers = [...this.#deps.peers]
    return Promise.all(peers.map(async ([id, peer]) => ({ id, runs: await ask(peer) })))
  }

  /** The plan of a run as its parties show it, with the signatures of all three. */
  async #shown(qid: string): Promise<ShownPlan | AuditRefusalCode> {
    const asked = await this.#ask(qid)
    const found = asked.flatMap(({ runs }) => runs ?? []).filter((run) => run.qid === qid)
    if (found.length === 0 && asked.some(({ runs }) => runs === undefined))
      throw new PopulationError('PEER_UNAVAILABLE', 'Nobody who has this run can be reached.')
    const shown = found.flatMap(({ plan, signatures }) =>
      plan !== null && signatures !== null && plan.inspector === this.#deps.organisation
        ? [{ plan, signatures }]
        : [],
    )
    if (shown.length === 0) return 'JOIN_AUDIT_UNKNOWN'
    const agreed = shown.find((one) => this.#signatureProblem(one) === undefined)
    return agreed ?? this.#signatureProblem(shown[0]) ?? 'JOIN_AUDIT_UNSIGNED'
  }

  #signatureProblem(shown: ShownPlan | undefined): AuditRefusalCode | undefined {
    if (shown === undefined) return 'JOIN_AUDIT_UNKNOWN'
    const { plan, signatures } = shown
    const { peers, ed25519 } = this.#deps
    const hash = planHash(plan)
    for (const party of [...sides, 'tally'] as const) {
      const keys = peers.get(organisationOf(plan, party))?.gatewayKeys
      if (keys === undefined) return 'JOIN_AUDIT_PEER_UNKNOWN'
      if (!isPlanSigned(hash, signatures[party], { keys, ed25519 })) return 'JOIN_AUDIT_UNSIGNED'
    }
    return undefined
  }

  /** `undefined` where another join has the number by now. */
  async #commit({ plan, signatures }: ShownPlan, by: string): Promise<JoinRow | undefined> {
    const done = await this.#deps.writer.commit({
      type: 'join-begin',
      parties: messageEntry({ plan, role: 'inspector', analyst: by }, 'left', this.#deps),
      join: {
        planHash: encodeHex(planHash(plan)),
        qid: plan.qid,
        role: 'inspector',
        analyst: by,
        plan: joinPlanBytes(plan),
        signatures: canonicalBytes(signaturesJson(signatures)),
      },
      charge: null,
    })
    if (done.type !== 'join-begin') throw new TypeError('the writer answered another intent')
    return done.state === 'refused' ? undefined : done.row
  }
}
