import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Agreement, parseAgreement } from '../../agreement/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { type CaseIssuer, inspectPostgresCases, openCaseSource } from '../../register/index.ts'
import type { SqlCaseConfig } from '../cases/case-config.ts'
import { casePlaceOf, caseSourceSettings, readCaseDescription } from '../cases/sql-case-source.ts'
import type { LoadedConfig } from '../config-file.ts'
import { type DoctorCheck, failure, fine, says, wrong, wrongRight } from './doctor-check.ts'

/** Most seconds that two clocks may differ: what signatures between gateways allow. */
const skewSeconds = 60
const sqlAdvice = says('doctorDo.script', { command: 'cloison cases sql' })

/** What looking at the case system needs of the machine. */
export interface CaseDoctorDeps {
  readonly http: HttpClient
  /** Milliseconds since the epoch. */
  nowMs(): number
}

/** The case system answers, and its clock and this one agree. */
async function checkHttp(url: string, deps: CaseDoctorDeps): Promise<readonly DoctorCheck[]> {
  const bounds = { headers: {}, timeoutMs: 3000, maxResponseBytes: 65_536 }
  const response = await deps.http.send({ method: 'GET', url, ...bounds }).catch(() => undefined)
  if (response === undefined) {
    const silent = says('doctorSays.silent', { url })
    return [wrong('cases', silent, says('doctorDo.case-system', {}))]
  }
  const checks = [fine('cases', says('doctorSays.answers', { url }))]
  const theirs = Date.parse(response.headers['date'] ?? '')
  if (Number.isNaN(theirs)) return checks
  const seconds = Math.round(Math.abs(theirs - deps.nowMs()) / 1000)
  const found = says('doctorSays.clock', { seconds })
  const isClose = seconds <= skewSeconds
  return [
    ...checks,
    isClose ? fine('clock', found) : wrong('clock', found, says('doctorDo.clock', {})),
  ]
}

async function checkRole(
  cases: SqlCaseConfig,
  at: LoadedConfig['at'],
): Promise<readonly DoctorCheck[]> {
  const place = casePlaceOf(cases, at)
  if (place.kind !== 'postgres') return []
  const description = await readCaseDescription(cases, at)
  const { findings, mismatch } = await inspectPostgresCases(place, description)
  const rights = findings.map((one) => wrongRight('cases', one))
  if (mismatch !== undefined) {
    const found = says('doctorSays.said', { said: mismatch })
    return [...rights, wrong('cases', found, sqlAdvice)]
  }
  return rights.length > 0 ? rights : [fine('cases', says('doctorSays.case-function', {}))]
}

/** Own agreements that name another case source or key: each of their questions would be denied. */
async function checkIssuer(
  { config, at }: LoadedConfig,
  issuer: CaseIssuer,
): Promise<readonly DoctorCheck[]> {
  const folder = at(config.agreements.folder)
  const files = await readdir(folder).catch(() => [])
  const checks = files
    .filter((name) => name.endsWith('.json'))
    .map(async (name) => {
      // What does not parse is found by another check.
      const bytes = await readFile(join(folder, name))
      const agreement = parsedOrNothing(bytes)
      if (agreement?.kind !== 'person' || agreement.consumer.valueOf() !== config.org.id) return []
      const named = agreement.caseRule.issuer
      if (named.name === issuer.name && named.publicKey === issuer.publicKey) return []
      const found = says('doctorSays.other-source', { file: name, source: named.name })
      return [wrong('cases', found, says('doctorDo.next-version', {}))]
    })
  return (await Promise.all(checks)).flat()
}

function parsedOrNothing(bytes: Uint8Array): Agreement | undefined {
  try {
    return parseAgreement(bytes)
  } catch {
    return undefined
  }
}

async function checkSql(
  cases: SqlCaseConfig,
  loaded: LoadedConfig,
): Promise<readonly DoctorCheck[]> {
  const { at } = loaded
  try {
    const role = await checkRole(cases, at)
    if (role.some(({ ok }) => !ok)) return role
    await using source = openCaseSource(await caseSourceSettings(cases, at))
    const issuer = await source.describe()
    const { name, publicKey: key } = issuer
    return [
      ...role,
      fine('cases', says('doctorSays.signs', { source: name, key })),
      ...(await checkIssuer(loaded, issuer)),
    ]
  } catch (cause) {
    return [wrong('cases', failure(cause), says('doctorDo.cases', {}))]
  }
}

/** Whether the case system can be asked: its role, its description, its key, or its address and clock. */
export async function checkCases(
  loaded: LoadedConfig,
  deps: CaseDoctorDeps,
): Promise<readonly DoctorCheck[]> {
  const { cases } = loaded.config
  if (cases === undefined) {
    return [fine('cases', says('doctorSays.no-cases', {}))]
  }
  return cases.kind === 'http' ? checkHttp(cases.url, deps) : checkSql(cases, loaded)
}
