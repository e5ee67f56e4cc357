import { type CaseGrant, type CaseSource, PersonError } from '../../person/index.ts'
import {
  type CaseDescription,
  type CasePlace,
  type CaseRefusal,
  type CaseSourceSettings,
  type OpenCaseSource,
  parseCaseDescription,
  RegisterError,
} from '../../register/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { NodeError } from '../node-error.ts'
import { readSettingFile } from '../read-setting-file.ts'
import type { SqlCaseConfig } from './case-config.ts'

/** How case sources name their reasons, and what they are called here. */
export const caseRefusalCodes: Readonly<
  Record<CaseRefusal, Extract<CaseGrant, { state: 'refused' }>['code']>
> = {
  CASE_UNKNOWN: 'CASE_REQUIRED',
  CASE_CLOSED: 'CASE_CLOSED',
  OFFICIAL_NOT_ASSIGNED: 'OFFICIAL_NOT_ASSIGNED',
  SUBJECT_NOT_PARTY: 'SUBJECT_NOT_PARTY',
}

/** Where a configured case system is, with absolute paths. */
export function casePlaceOf(cases: SqlCaseConfig, at: LoadedConfig['at']): CasePlace {
  if (cases.engine === 'sqlite') return { kind: 'sqlite', path: at(cases.path) }
  return { kind: 'postgres', dsnFile: at(cases.dsn_file), schema: cases.schema }
}

/**
 * The description of a configured case system.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`; `RegisterError` `DESCRIPTION_INVALID`
 */
export async function readCaseDescription(
  cases: SqlCaseConfig,
  at: LoadedConfig['at'],
): Promise<CaseDescription> {
  const path = at(cases.description_file)
  const text = await readSettingFile(path, 'cases.description_file')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    const message = `The description of the cases in ${path} is not JSON.`
    throw new NodeError('CONFIG_INVALID', message, { cause })
  }
  return parseCaseDescription(json)
}

/** What the case source's process is started with; it names files of secrets and holds none. */
export async function caseSourceSettings(
  cases: SqlCaseConfig,
  at: LoadedConfig['at'],
): Promise<CaseSourceSettings> {
  return {
    ...casePlaceOf(cases, at),
    issuer: cases.issuer,
    keyFile: at(cases.key_file),
    description: await readCaseDescription(cases, at),
  }
}

/** The consumer's case system in its database, behind the case source's process. */
export function sqlCaseSource(source: OpenCaseSource): CaseSource {
  return {
    async grant({ reference, official, officialPseudonym, provider, subject }) {
      const { scheme, value } = subject
      const claim = { reference, official, officialPseudonym, provider }
      const reply = await source
        .vouch({ ...claim, subject: { scheme, value } })
        .catch((cause: unknown) => {
          const message = 'The case system gave no usable reply.'
          throw new PersonError('CASE_SOURCE_UNAVAILABLE', message, { cause })
        })
      if (reply.state === 'granted') return reply
      return { state: 'refused', code: caseRefusalCodes[reply.code] }
    },
  }
}

/**
 * Waits until the case source can answer. One whose database is away is opened again with a later
 * question; one whose role, description or key is wrong stops the start.
 *
 * @throws {@link RegisterError}
 */
export async function requireCaseSource(source: OpenCaseSource): Promise<void> {
  try {
    await source.describe()
  } catch (cause) {
    if (!(cause instanceof RegisterError) || cause.code === 'UNAVAILABLE') return
    const message = `The case system cannot be opened: ${cause.message}.`
    throw new RegisterError(cause.code, message, { cause })
  }
}
