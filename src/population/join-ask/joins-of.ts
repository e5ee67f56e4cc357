import type { JoinAgreement } from '../../agreement/index.ts'
import type { AskableJoin, AskableSide, JoinDeskDeps } from './join-desk-deps.ts'

function isBetter(one: AskableSide, other: AskableSide): boolean {
  if ((one.state === 'active') !== (other.state === 'active')) return one.state === 'active'
  return one.agreement.version > other.agreement.version
}

/** The own agreements on joins; of each the version in force, or else the newest. */
export async function ownJoinAgreements(deps: JoinDeskDeps): Promise<readonly AskableSide[]> {
  const byId = new Map<string, AskableSide>()
  for (const { agreement, digest } of deps.agreements()) {
    if (agreement.kind !== 'join' || agreement.consumer !== deps.organisation) continue
    const one = { agreement, digest, state: await deps.stateHere(digest) }
    const other = byId.get(agreement.id)
    if (other === undefined || isBetter(one, other)) byId.set(agreement.id, one)
  }
  return [...byId.values()].toSorted((a, b) => (a.agreement.id < b.agreement.id ? -1 : 1))
}

/** Whether two agreements are the two of one join. */
export function isPair(one: JoinAgreement, other: JoinAgreement): boolean {
  return (
    one.join.with.valueOf() === other.provider.valueOf() &&
    other.join.with.valueOf() === one.provider.valueOf() &&
    one.join.keyspace === other.join.keyspace &&
    one.join.inspector.valueOf() === other.join.inspector.valueOf()
  )
}

/** All pairs, each once. */
export function joinsOf(all: readonly AskableSide[]): readonly AskableJoin[] {
  return all.flatMap((left, at) =>
    all
      .slice(at + 1)
      .filter((right) => isPair(left.agreement, right.agreement))
      .map((right) => {
        const { keyspace, inspector } = left.agreement.join
        return { left, right, keyspace, inspector }
      }),
  )
}
