import { stat } from 'node:fs/promises'
import { isTokenCaller } from '../caller-config.ts'
import type { RegisterConfig } from '../config.ts'
import type { LoadedConfig } from '../config-file.ts'
import { command, type DoctorCheck, fine, says, wrong } from './doctor-check.ts'

function caseSecrets(
  cases: LoadedConfig['config']['cases'],
): readonly (readonly [string, string | undefined])[] {
  if (cases === undefined) return []
  if (cases.kind === 'http') return [['cases.token_file', cases.token_file]]
  const dsn = cases.engine === 'postgres' ? cases.dsn_file : undefined
  return [
    ['cases.key_file', cases.key_file],
    ['cases.dsn_file', dsn],
  ]
}

/** Every secret that the configuration names: its setting and its path. */
export function secretsOf({ config }: LoadedConfig): readonly (readonly [string, string])[] {
  const { callers, cases, keys, listen, log, registers } = config
  const named: readonly (readonly [string, string | undefined])[] = [
    ['keys.gateway_file', keys.gateway_file],
    ['keys.gateway_next_file', keys.gateway_next_file],
    ['keys.log_file', keys.log_file],
    ['keys.log_next_file', keys.log_next_file],
    ['keys.log_ml_dsa_file', keys.log_ml_dsa_file],
    ['keys.record_folder', keys.record_folder],
    ['keys.handle_file', keys.handle_file],
    ['keys.pseudonym_file', keys.pseudonym_file],
    ['listen.tls.key_file', listen.tls?.key_file],
    ['log.object_store.credentials_file', log.object_store?.credentials_file],
    ...caseSecrets(cases),
    ...callers
      .filter(isTokenCaller)
      .map(({ name, token_file: file }) => [`callers.${name}.token_file`, file] as const),
    ...Object.entries(registers).flatMap(([name, one]) => registerSecrets(name, one)),
  ]
  return named.flatMap(([setting, file]) => (file === undefined ? [] : [[setting, file] as const]))
}

function registerSecrets(
  name: string,
  register: RegisterConfig,
): readonly (readonly [setting: string, file: string | undefined])[] {
  switch (register.kind) {
    case 'postgres':
      return [
        [`registers.${name}.dsn_file`, register.dsn_file],
        [`registers.${name}.joins_dsn_file`, register.joins_dsn_file],
      ]
    case 'http':
      return [[`registers.${name}.token_file`, register.token_file]]
    case 'sqlite':
    case 'csv':
    case 'parquet':
      return []
  }
}

/** Whether each secret is there and only its owner can read it. No secret is read. */
export async function checkSecrets(loaded: LoadedConfig): Promise<readonly DoctorCheck[]> {
  const checks = secretsOf(loaded).map(async ([setting, file]) => {
    const path = loaded.at(file)
    const found = await stat(path).catch(() => undefined)
    if (found === undefined) {
      return wrong(setting, says('doctorSays.no-file', { path }), says('doctorDo.secret', {}))
    }
    const mode = (found.mode & 0o077).toString(8)
    if (mode === '0') return fine(setting, says('doctorSays.own-file', {}))
    const open = says('doctorSays.open-file', { path, mode })
    return wrong(setting, open, command(`chmod go= ${path}`))
  })
  return Promise.all(checks)
}
