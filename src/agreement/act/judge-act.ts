import type { Ed25519 } from '../../crypto/index.ts'
import type { Agreement } from '../agreement.ts'
import { type AgreementActKind, type AgreementFact, reviewOpensMs } from '../agreement-standing.ts'
import {
  actDigest,
  type AgreementAct,
  type AgreementActName,
  isActSigned,
} from './agreement-act.ts'
import { liftsOf } from './lifts.ts'

/** The entry that each act becomes. */
export const actKinds: Readonly<Record<AgreementActName, AgreementActKind>> = {
  reject: 'agreement.rejected',
  suspend: 'agreement.suspended',
  resume: 'agreement.resumed',
  review: 'agreement.reviewed',
  terminate: 'agreement.terminated',
}

/** How far ahead of the log an officer's clock may be. */
export const actSkewMs: number = 5 * 60_000

/** What an act is judged by. */
export interface ActGround {
  readonly agreement: Agreement
  /** Base64. */
  readonly digest: string
  /** Acts upon it that the log has. */
  readonly history: readonly AgreementFact[]
  /** Acts that were accepted before, in the order of the log. */
  readonly accepted: readonly AgreementAct[]
  /** Keys of the officer of a role of an organisation that count, 32 bytes each. */
  readonly keysOf: (act: Pick<AgreementAct, 'organisation' | 'role'>) => readonly Uint8Array[]
  readonly nowMs: number
  readonly ed25519: Ed25519
}

/** Why an act is refused. */
export type ActRefusal =
  | 'ACT_OF_ANOTHER'
  | 'ACT_NOT_ALLOWED'
  | 'ACT_SIGNATURE_INVALID'
  | 'ACT_AHEAD'
  | 'ACT_OUTDATED'
  | 'ACT_OUT_OF_PLACE'

/** What becomes of an act. */
export type ActVerdict =
  | { readonly state: 'acceptable' }
  /** The log has it already. */
  | { readonly state: 'known' }
  | { readonly state: 'refused'; readonly code: ActRefusal; readonly reason: string }

type Rule = readonly [
  code: ActRefusal,
  reason: string,
  refuses: (act: AgreementAct, ground: ActGround) => boolean,
]

/** In their order; the first that refuses gives the code. */
const rules: readonly Rule[] = [
  [
    'ACT_OF_ANOTHER',
    'it is about another document than the agreement of that id and version',
    ({ agreement: named }, { agreement, digest }) =>
      named.id !== agreement.id || named.version !== agreement.version || named.digest !== digest,
  ],
  [
    'ACT_NOT_ALLOWED',
    'only the data protection officers of the two parties may do this; an inspector may suspend, and resume what an inspector has suspended',
    (act, ground) => !mayAct(act, ground),
  ],
  [
    'ACT_SIGNATURE_INVALID',
    'its signature is by no key of that officer that counts',
    (act, { keysOf, ed25519 }) => !isActSigned(act, keysOf(act), ed25519),
  ],
  [
    'ACT_AHEAD',
    'it was signed in the future; set the clock of the machine where it was signed',
    ({ atMs }, { nowMs }) => atMs > nowMs + actSkewMs,
  ],
  [
    'ACT_OUTDATED',
    'it does not name exactly the suspensions that stand; look at the agreement and sign again',
    (act, { accepted, agreement }) =>
      act.act === 'resume' && !namesAll(act, standingSuspensions(accepted, agreement)),
  ],
  [
    'ACT_OUT_OF_PLACE',
    'the agreement is not at a point where this can be done',
    (act, ground) => !isInPlace(act, ground),
  ],
]

/**
 * Judges an act upon an agreement by what the log has: who may do it, whether that officer has signed it,
 * and whether it comes at its time. An act that the log has is known, whatever has happened since, so that
 * one that is played again changes nothing.
 */
export function judgeAct(act: AgreementAct, ground: ActGround): ActVerdict {
  const digest = actDigest(act)
  if (ground.accepted.some((one) => actDigest(one) === digest)) return { state: 'known' }
  const found = rules.find(([, , refuses]) => refuses(act, ground))
  if (found === undefined) return { state: 'acceptable' }
  const [code, reason] = found
  return { state: 'refused', code, reason }
}

function isParty({ organisation }: AgreementAct, { provider, consumer }: Agreement): boolean {
  return organisation === provider || organisation === consumer
}

function mayAct(act: AgreementAct, { agreement, accepted }: ActGround): boolean {
  if (act.role === 'dpo') return isParty(act, agreement)
  if (isParty(act, agreement)) return false
  if (act.act === 'suspend') return true
  const own = standingSuspensions(accepted, agreement).some(
    ({ organisation }) => organisation === act.organisation,
  )
  return act.act === 'resume' && own
}

/** The suspensions that stand: until every suspender and both parties have resumed after the last of them. */
export function standingSuspensions(
  accepted: readonly AgreementAct[],
  { provider, consumer }: Pick<Agreement, 'provider' | 'consumer'>,
): readonly AgreementAct[] {
  let standing: readonly AgreementAct[] = []
  let resumed = new Set<string>()
  for (const one of accepted) {
    if (one.act === 'suspend') {
      standing = [...standing, one]
      resumed = new Set()
    }
    if (one.act === 'resume') resumed.add(one.organisation)
    const needed = [...standing.map(({ organisation }) => organisation), provider, consumer]
    if (needed.every((organisation) => resumed.has(organisation))) standing = []
  }
  return standing
}

function namesAll({ lifts }: AgreementAct, standing: readonly AgreementAct[]): boolean {
  const expected = liftsOf(standing)
  return expected.length === lifts.length && expected.every((digest, at) => digest === lifts[at])
}

function isInPlace(act: AgreementAct, { agreement, history, nowMs }: ActGround): boolean {
  const has = (kind: AgreementActKind): boolean => history.some((fact) => fact.kind === kind)
  if (has('agreement.terminated') || has('agreement.rejected')) return false
  const published = has('agreement.published')
  switch (act.act) {
    case 'reject':
      return !published
    case 'review': {
      const opensMs = reviewOpensMs(agreement)
      return published && opensMs !== null && nowMs >= opensMs && nowMs < agreement.notAfterMs
    }
    case 'suspend':
    case 'terminate':
      return published && nowMs < agreement.notAfterMs
    case 'resume':
      return published
  }
}
