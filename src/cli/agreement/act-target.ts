import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  ActError,
  type Agreement,
  type AgreementAct,
  agreementDigest,
  type AgreementStanding,
  liftsOf,
  parseAct,
} from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'
import { agreementOverview, type AgreementRow, type LoadedConfig } from '../../node/index.ts'
import { UsageError } from '../read-subject.ts'
import { readAgreementFile } from './agreement-file.ts'

/** The one document that an act is about. */
export interface ActTarget {
  readonly agreement: Agreement
  /** Base64. */
  readonly digest: string
  /** By the own log; `undefined` for a document out of a file, which the own log may not have. */
  readonly standing: AgreementStanding | undefined
}

/** How an officer says what is acted upon. */
export interface TargetOptions {
  readonly config: string
  readonly version?: string
}

const ended: ReadonlySet<string> = new Set(['expired', 'terminated', 'rejected'])

function chooseRow(
  name: string,
  rows: readonly AgreementRow[],
  { config, version }: TargetOptions,
): AgreementRow {
  const versions = rows.filter(({ agreement }) => agreement.id === name)
  const wanted = version === undefined ? undefined : Number(version)
  const found = versions.filter(
    ({ agreement }) => wanted === undefined || agreement.version === wanted,
  )
  const [one, ...others] = found
  if (one === undefined) {
    const ids = [...new Set(rows.map(({ agreement }) => agreement.id))]
    const known =
      versions.length > 0
        ? `it has the versions ${versions.map(({ agreement }) => agreement.version).join(', ')}`
        : `there are: ${ids.join(', ') || 'none yet'}`
    throw new UsageError(`no agreement of that name and version is in ${config}; ${known}.`)
  }
  const alive = [one, ...others].filter(({ standing }) => !ended.has(standing.state))
  if (alive.length > 1)
    throw new UsageError(
      `${name} has several versions that have not ended; say which with --version: ${alive.map(({ agreement, standing }) => `${agreement.version} (${standing.state})`).join(', ')}.`,
    )
  return alive[0] ?? found.at(-1) ?? one
}

/**
 * Finds what an act is about: a signed document in a file, or an agreement of the own organisation by its id.
 *
 * @throws {@link UsageError} that says what there is
 */
export async function actTarget(
  name: string,
  options: TargetOptions,
  { loaded, nowMs }: { readonly loaded: LoadedConfig; readonly nowMs: number },
): Promise<ActTarget> {
  if (!existsSync(name)) return chooseRow(name, await agreementOverview(loaded, nowMs), options)
  const { agreement, form } = await readAgreementFile(name)
  if (form === 'draft')
    throw new UsageError(`${name} is a draft; an act is about the document that was signed.`)
  const digest = encodeBase64(agreementDigest(agreement))
  return { agreement, digest, standing: undefined }
}

async function readSuspension(file: string, digest: string): Promise<AgreementAct> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read; check the path.`, { cause })
  })
  try {
    const act = parseAct(new Uint8Array(bytes))
    if (act.act === 'suspend' && act.agreement.digest === digest) return act
  } catch (cause) {
    if (!(cause instanceof ActError)) throw cause
  }
  throw new UsageError(`${file} is no suspension of this agreement.`)
}

/**
 * What a resumption of a document names, out of the acts that stopped it.
 *
 * @throws {@link UsageError}
 */
export async function liftsOfFiles(
  files: readonly string[],
  { digest }: ActTarget,
): Promise<readonly string[]> {
  const acts: AgreementAct[] = []
  for (const file of files) acts.push(await readSuspension(file, digest))
  return liftsOf(acts)
}
