import { access, constants, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseAgreement, registerProblems } from '../../agreement/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { describedRegisters } from '../described-registers.ts'
import { readWitnessPolicy } from '../gateway-parts.ts'
import { checkRegisters } from './check-registers.ts'
import { checkSecrets } from './check-secrets.ts'
import { type DoctorCheck, fine, sentenceOf, wrong } from './doctor-check.ts'

/** Most seconds that two clocks may differ: what signatures between gateways allow. */
const skewSeconds = 60

async function checkFolder(what: string, path: string): Promise<DoctorCheck> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return fine(what, 'the folder can be written')
  } catch {
    return wrong(what, `the folder ${path} is not there or cannot be written`, `mkdir -p ${path}`)
  }
}

async function checkStore({ config, at }: LoadedConfig): Promise<readonly DoctorCheck[]> {
  const [state, head] = [at(config.store.path), at(config.store.head_path)]
  const checks: DoctorCheck[] = []
  for (const [what, path] of [
    ['store.path', state],
    ['store.head_path', head],
  ] as const) {
    const found = await stat(path).catch(() => undefined)
    checks.push(
      found?.isFile() === true
        ? fine(what, `${found.size} bytes`)
        : wrong(what, `${path} is not there`, 'begin with "cloison init", or correct the setting'),
    )
  }
  checks.push(await checkFolder('store.path', dirname(state)))
  if (config.log.object_store === undefined) {
    checks.push(await checkFolder('log.folder', at(config.log.folder)))
  }
  return checks
}

async function checkAgreements(loaded: LoadedConfig): Promise<readonly DoctorCheck[]> {
  const folder = loaded.at(loaded.config.agreements.folder)
  const registers = await describedRegisters(loaded).catch(() => undefined)
  const files = await readdir(folder).catch(() => undefined)
  if (files === undefined) {
    return [wrong('agreements.folder', `${folder} cannot be read`, `mkdir -p ${folder}`)]
  }
  if (registers === undefined) return []
  const checks: DoctorCheck[] = []
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const what = `agreements ${file}`
    try {
      const agreement = parseAgreement(await readFile(join(folder, file)))
      const isOwn = agreement.provider === loaded.config.org.id
      // Countersignatures are judged when the gateway starts; the ceiling of 1 % is not repeated here.
      const problems = isOwn ? registerProblems(agreement, registers, { countersigned: true }) : []
      checks.push(
        ...problems.map(({ message, path }) =>
          wrong(what, `${path}: ${message}`, 'correct the agreement or the description'),
        ),
      )
      if (problems.length === 0) checks.push(fine(what, isOwn ? 'fits the registers' : 'is read'))
    } catch (cause) {
      checks.push(wrong(what, sentenceOf(cause), 'correct or remove the file'))
    }
  }
  return checks
}

async function checkPolicy({ config, at }: LoadedConfig): Promise<DoctorCheck> {
  const what = 'witness.policy_file'
  try {
    readWitnessPolicy(await readFile(at(config.witness.policy_file), 'utf8'))
    return fine(what, 'is a policy')
  } catch (cause) {
    return wrong(what, sentenceOf(cause), 'see docs/how-to/run-a-witness.md')
  }
}

/** The case system answers, and its clock and this one agree. */
async function checkCases(
  { config }: LoadedConfig,
  deps: DoctorDeps,
): Promise<readonly DoctorCheck[]> {
  if (config.cases === undefined) {
    return [fine('cases', 'none: this organisation answers, and every own question is refused')]
  }
  const { url } = config.cases
  const bounds = { headers: {}, timeoutMs: 3000, maxResponseBytes: 65_536 }
  const response = await deps.http.send({ method: 'GET', url, ...bounds }).catch(() => undefined)
  if (response === undefined) {
    return [
      wrong('cases', `nothing answers at ${url}`, 'start the case system, or correct "cases.url"'),
    ]
  }
  const checks = [fine('cases', `${url} answers`)]
  const theirs = Date.parse(response.headers['date'] ?? '')
  if (Number.isNaN(theirs)) return checks
  const seconds = Math.round(Math.abs(theirs - deps.nowMs()) / 1000)
  const isClose = seconds <= skewSeconds
  const found = `the clock and the case system's differ by ${seconds} s`
  checks.push(isClose ? fine('clock', found) : wrong('clock', found, 'set both by NTP'))
  return checks
}

/** What {@link examine} needs of the machine. */
export interface DoctorDeps {
  readonly http: HttpClient
  /** Milliseconds since the epoch. */
  nowMs(): number
}

/**
 * Looks at everything that a gateway needs, and changes nothing: secrets and their modes, stores, published
 * folder, policy, registers, agreements, case system and clock. It may run beside the gateway.
 */
export async function examine(
  loaded: LoadedConfig,
  deps: DoctorDeps,
): Promise<readonly DoctorCheck[]> {
  return [
    ...(await checkSecrets(loaded)),
    ...(await checkStore(loaded)),
    await checkPolicy(loaded),
    ...(await checkRegisters(loaded)),
    ...(await checkAgreements(loaded)),
    ...(await checkCases(loaded, deps)),
  ]
}
