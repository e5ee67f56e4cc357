import { encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { hmacSha256 } from '../../crypto/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'
import { catalogues, type LocalText, type MessageKey, type SignInRole } from '../../web/index.ts'
import { demoOrganisations } from '../demo-layout.ts'
import { demoOfficials, demoPeople, subjectOfPerson } from '../demo-visitors.ts'
import type { PreparedDemo } from '../prepare-demo.ts'

/** Somebody who is ready to log in. Synthetic. */
export interface DemoAccount {
  /** The `sub` of their tokens: opaque, the same as long as the demo runs. */
  readonly sub: string
  readonly role: SignInRole
  /** `undefined` for persons, who belong to none. */
  readonly organisation: string | undefined
  /** As the organisation's systems know an official. */
  readonly id: string
  readonly name: string
  readonly can: LocalText
  readonly subject: SubjectReference | undefined
}

/** Everybody of the demo who can log in. */
export interface DemoAccounts {
  /** Whom the log-in offers for one client; persons asked about lately first. */
  readyFor(role: SignInRole, organisation: string): readonly DemoAccount[]
  /** By `sub`, once offered. */
  find(sub: string): DemoAccount | undefined
}

function inEveryLanguage(key: MessageKey): LocalText {
  return { en: catalogues.en[key], fr: catalogues.fr[key], es: catalogues.es[key] }
}

type Sketch = Omit<DemoAccount, 'sub'>

function staff(demo: PreparedDemo): readonly Sketch[] {
  const caseworkers = demoOfficials(demo).map(({ id, name, team }): Sketch => ({
    role: 'caseworker',
    organisation: 'housing',
    id,
    name,
    can: team,
    subject: undefined,
  }))
  const one = (
    role: 'analyst' | 'dpo' | 'inspector' | 'admin',
    organisation: string,
    name: string,
  ): Sketch => ({
    role,
    organisation,
    id: `${role}-${organisation}`,
    name,
    can: inEveryLanguage(`logIn.can.${role}`),
    subject: undefined,
  })
  const ofOrganisations = demoOrganisations.flatMap(({ id, name }) => [
    one('dpo', id, `${name} · DPO`),
    one('admin', id, `${name} · admin`),
    one('analyst', id, `${name} · analyst`),
  ])
  return [...caseworkers, ...ofOrganisations, one('inspector', 'inspector', 'Inspector 1')]
}

/** The accounts of a demo. `key` makes their `sub`; `lately` tells which cases were asked about. */
export function demoAccounts(
  demo: PreparedDemo,
  key: Uint8Array,
  lately: () => readonly string[],
): DemoAccounts {
  const offered = new Map<string, DemoAccount>()
  const offer = (sketch: Sketch): DemoAccount => {
    const sub = encodeBase64Url(hmacSha256(key, utf8(`${sketch.role} ${sketch.id}`)))
    const account = { ...sketch, sub }
    offered.set(sub, account)
    return account
  }
  const ready = staff(demo).map(offer)
  const persons = (): readonly DemoAccount[] =>
    demoPeople(demo, lately()).map(({ id, name, about }) =>
      offer({
        role: 'person',
        organisation: undefined,
        id,
        name,
        can: about,
        subject: subjectOfPerson(demo, id),
      }),
    )
  return {
    readyFor: (role, organisation) =>
      role === 'person'
        ? persons()
        : ready.filter((one) => one.role === role && one.organisation === organisation),
    find: (sub) => offered.get(sub),
  }
}
