import type { Register } from '../../../register/index.ts'
import type { JoinTerms } from '../../join-query/index.ts'
import type { JoinPlan, Side } from '../../psi/index.ts'
import type { JoinContext, KnownJoinAgreement } from '../join-context.ts'

/** What a holder looks at a plan with. */
export interface HeldTerms {
  readonly known: KnownJoinAgreement
  readonly terms: JoinTerms
  readonly register: Register
}

/** The agreement and register of one side of a plan, as this organisation has them; `undefined` where it has none. */
export function joinTermsOf(
  plan: JoinPlan,
  side: Side,
  {
    agreementOf,
    registers,
    organisation,
  }: Pick<JoinContext, 'agreementOf' | 'registers' | 'organisation'>,
): HeldTerms | undefined {
  const { agreement: named, register: name } = plan[side]
  const known = agreementOf(named.id, named.version)
  const isOwn = known?.agreement.provider.valueOf() === organisation
  const agreed = known?.agreement.dataElements.some((element) => element.register === name)
  const register = agreed === true ? registers.get(name) : undefined
  if (known === undefined || !isOwn || register === undefined) return undefined
  const { agreement, countersigned } = known
  const description = { ...register.describe(), name }
  return { known, register, terms: { agreement, description, countersigned } }
}
