import type { Agreement, AgreementStanding } from '../../agreement/index.ts'
import type { InspectedAct, InspectedAgreement } from './inspector-desk.ts'

/** What one party's gateway says of an agreement. */
export interface PartyStanding {
  readonly organisation: string
  readonly standing: AgreementStanding
}

/** One version of an agreement, with what gateways say of it and what logs have. */
export interface RegisteredAgreement {
  /** As entries name it, such as `housing-tax-rent v1`. */
  readonly name: string
  /** `null` where logs name it and no gateway tells of it. */
  readonly agreement: Agreement | null
  /** Of each party that holds it. */
  readonly standings: readonly PartyStanding[]
  /** The newest entry about it in each log. */
  readonly newest: readonly InspectedAct[]
}

function newestActs(acts: readonly InspectedAct[]): ReadonlyMap<string, Map<string, InspectedAct>> {
  const byName = new Map<string, Map<string, InspectedAct>>()
  for (const act of acts) {
    const name = act.record.name ?? ''
    const byLog = byName.get(name) ?? new Map<string, InspectedAct>()
    const known = byLog.get(act.log)
    if (known === undefined || known.entry < act.entry) byLog.set(act.log, act)
    byName.set(name, byLog)
  }
  return byName
}

/**
 * Every agreement that a gateway or a log names, each once, by name. Where it stands is what the gateways compute
 * from all of its acts; the newest act alone would not say it: after one of three resumptions it is still suspended.
 */
export function registeredAgreements(
  held: readonly InspectedAgreement[],
  acts: readonly InspectedAct[],
): readonly RegisteredAgreement[] {
  const newest = newestActs(acts.filter(({ record }) => record.name !== null))
  const byName = Map.groupBy(held, ({ agreement: { id, version } }) => `${id} v${version}`)
  const names = [...new Set([...byName.keys(), ...newest.keys()])]
  return names
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .map((name) => {
      const parties = byName.get(name) ?? []
      return {
        name,
        agreement: parties[0]?.agreement ?? null,
        standings: parties.map(({ organisation, standing }) => ({ organisation, standing })),
        newest: [...(newest.get(name)?.values() ?? [])],
      }
    })
}

/** Whether the gateways of both parties say the same of it. */
export function isOneStanding(standings: readonly PartyStanding[]): boolean {
  return new Set(standings.map(({ standing }) => standing.state)).size <= 1
}
