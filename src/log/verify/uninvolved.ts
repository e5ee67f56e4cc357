import type { Policy, QuorumRule } from './policy.ts'
import { quorumMet } from './policy.ts'
import type { Cosignature } from './cosignature.ts'

/** The organisation that a log or a witness is named after: what stands before the first slash. */
export function organisationOf(name: string): string {
  const slash = name.indexOf('/')
  return slash < 0 ? name : name.slice(0, slash)
}

/**
 * Whether a witness of this name counts as a party's own: it is named after the party, after a host
 * below it, or is the very name that is given. Rather one too many than one too few.
 */
export function belongsTo(name: string, party: string): boolean {
  const organisation = organisationOf(name)
  return name === party || organisation === party || organisation.endsWith(`.${party}`)
}

/**
 * A policy in which the witnesses of these parties do not count: who takes part in an exchange
 * cannot vouch for what stands about it in a log. Their keys stay known, but a rule that asks for one
 * of them is never met; thresholds stay as they are. Parties are organisations as in
 * {@link organisationOf}, or whole names of witnesses.
 */
export function policyWithout(policy: Policy, parties: readonly string[]): Policy {
  const isInvolved = (name: string): boolean => parties.some((party) => belongsTo(name, party))
  return {
    ...policy,
    quorum: ruleWithout(policy.quorum, isInvolved),
  }
}

/** No members, one needed. */
const neverMet: QuorumRule = { kind: 'group', threshold: 1, members: [] }

function ruleWithout(rule: QuorumRule, isInvolved: (name: string) => boolean): QuorumRule {
  switch (rule.kind) {
    case 'none':
      return rule
    case 'witness':
      return isInvolved(rule.key.name) ? neverMet : rule
    case 'group':
      return { ...rule, members: rule.members.map((member) => ruleWithout(member, isInvolved)) }
  }
}

/** Whether the quorum would be met if every witness of the policy cosigned. */
export function canBeMet(policy: Policy): boolean {
  return quorumMet(
    policy,
    policy.witnesses.map(({ key }) => key),
  )
}

/**
 * The newest moment at which a quorum of these cosignatures had been given, seconds since the epoch:
 * counting from the newest, the time of the one that completes the quorum. `undefined` when there is
 * no quorum among them, and for a policy that needs none.
 */
export function quorumTime(
  policy: Policy,
  cosignatures: readonly Cosignature[],
): number | undefined {
  const newestFirst = cosignatures.toSorted((a, b) => b.timeSeconds - a.timeSeconds)
  const counted = newestFirst.findIndex((_, place) =>
    quorumMet(
      policy,
      newestFirst.slice(0, place + 1).map(({ key }) => key),
    ),
  )
  return newestFirst[counted]?.timeSeconds
}
