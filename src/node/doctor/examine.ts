import { access, constants, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { parseAgreement, registerProblems } from '../../agreement/index.ts'
import { decodeUtf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { describedRegisters } from '../described-registers.ts'
import { readWitnessPolicy } from '../gateway-parts.ts'
import { checkPeerLink } from '../directory/check-peer-link.ts'
import { checkCases } from './check-cases.ts'
import { checkLog } from './check-log.ts'
import { checkRegisters } from './check-registers.ts'
import { checkSealing } from './check-sealing.ts'
import { checkSecrets } from './check-secrets.ts'
import {
  command,
  type DoctorCheck,
  failure,
  fine,
  says,
  see,
  wrong,
  wrongAgreement,
} from './doctor-check.ts'

/** A folder, or the nearest one above it: what is not there yet is made when it is needed. */
async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined || dirname(path) === path ? path : nearestFolder(dirname(path))
}

async function checkFolder(what: string, path: string): Promise<DoctorCheck> {
  try {
    await access(await nearestFolder(path), constants.R_OK | constants.W_OK | constants.X_OK)
    return fine(what, says('doctorSays.folder', {}))
  } catch {
    return wrong(what, says('doctorSays.no-folder', { path }), command(`mkdir -p ${path}`))
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
        ? fine(what, says('doctorSays.bytes', { bytes: found.size }))
        : wrong(what, says('doctorSays.no-file', { path }), says('doctorDo.init', {})),
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
    const unreadable = says('doctorSays.unreadable', { path: folder })
    return [wrong('agreements.folder', unreadable, command(`mkdir -p ${folder}`))]
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
      checks.push(...problems.map((problem) => wrongAgreement(what, problem)))
      if (problems.length > 0) continue
      checks.push(fine(what, says(isOwn ? 'doctorSays.fits' : 'doctorSays.read', {})))
    } catch (cause) {
      checks.push(wrong(what, failure(cause), says('doctorDo.file', {})))
    }
  }
  return checks
}

async function checkPolicy({ config, at }: LoadedConfig): Promise<DoctorCheck> {
  const what = 'witness.policy_file'
  try {
    readWitnessPolicy(await readFile(at(config.witness.policy_file), 'utf8'))
    return fine(what, says('doctorSays.policy', {}))
  } catch (cause) {
    return wrong(what, failure(cause), see('docs/how-to/run-a-witness.md'))
  }
}

async function checkPeer(loaded: LoadedConfig, id: string): Promise<readonly DoctorCheck[]> {
  const checks = await checkPeerLink(loaded, id)
  const again = says('doctorDo.again', { command: `cloison peer test ${id}` })
  return checks.map(({ name, state, said }) => {
    const what = `peers.${id} ${name}`
    return state === 'failed' ? wrong(what, said, again) : fine(what, said)
  })
}

const readiness = z.object({ ailments: z.array(z.string()), warnings: z.array(z.string()) })

/** What the running gateway says of itself; one that does not run is no fault here. */
async function checkRunning(
  { config }: LoadedConfig,
  { http }: DoctorDeps,
): Promise<readonly DoctorCheck[]> {
  const what = 'gateway'
  const url = `http://${config.listen.admin}/readyz`
  const bounds = { headers: {}, timeoutMs: 3000, maxResponseBytes: 65_536 }
  const response = await http.send({ method: 'GET', url, ...bounds }).catch(() => undefined)
  if (response === undefined) return [fine(what, says('doctorSays.stopped', {}))]
  try {
    const said = readiness.parse(JSON.parse(decodeUtf8(response.body)))
    const codes = see('docs/reference/error-codes.md')
    const ailing = said.ailments.map((one) =>
      wrong(what, says('doctorSays.said', { said: one }), codes),
    )
    const warned = said.warnings.map((one) => fine(what, says('doctorSays.warns', { said: one })))
    const ready = ailing.length === 0 ? [fine(what, says('doctorSays.ready', {}))] : []
    return [...ailing, ...warned, ...ready]
  } catch {
    const other = says('doctorSays.other-program', { address: config.listen.admin })
    return [wrong(what, other, says('doctorDo.admin-address', {}))]
  }
}

/** What {@link examine} needs of the machine. */
export interface DoctorDeps {
  readonly http: HttpClient
  readonly ed25519: Ed25519
  /** Milliseconds since the epoch. */
  nowMs(): number
}

/**
 * Looks at everything that a gateway needs, and changes nothing: secrets and their modes, stores, published
 * folder, log and witnesses, policy, registers, agreements, case system and clock, and on demand the way to a
 * peer. It may run beside the gateway.
 *
 * @throws `NodeError` `CONFIG_INVALID` for a peer that is none
 */
export async function examine(
  loaded: LoadedConfig,
  deps: DoctorDeps,
  peer?: string,
): Promise<readonly DoctorCheck[]> {
  const way = peer === undefined ? [] : await checkPeer(loaded, peer)
  return [
    ...(await checkSecrets(loaded)),
    ...(await checkSealing(loaded)),
    ...(await checkStore(loaded)),
    await checkPolicy(loaded),
    ...(await checkLog(loaded, deps)),
    ...(await checkRegisters(loaded)),
    ...(await checkAgreements(loaded)),
    ...(await checkCases(loaded, deps)),
    ...(await checkRunning(loaded, deps)),
    ...way,
  ]
}
