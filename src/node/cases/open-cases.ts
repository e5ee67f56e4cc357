import type { CaseSource } from '../../person/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { openCaseSource } from '../../register/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { readTokenFile } from '../key-file.ts'
import { httpCaseSource, noCaseSource } from './http-case-source.ts'
import { caseSourceSettings, requireCaseSource, sqlCaseSource } from './sql-case-source.ts'

/** The configured case source; disposing ends its process, where it has one. */
export interface OpenCases extends AsyncDisposable {
  readonly cases: CaseSource
}

const nothingToClose = { [Symbol.asyncDispose]: () => Promise.resolve() }

/**
 * Opens the configured case source.
 *
 * @throws `NodeError` `CONFIG_INVALID`; `RegisterError` `DESCRIPTION_INVALID`, `ROLE_REFUSED`
 */
export async function openCases(
  { config, at }: LoadedConfig,
  http: HttpClient,
): Promise<OpenCases> {
  const { cases } = config
  if (cases === undefined) return { cases: noCaseSource, ...nothingToClose }
  if (cases.kind === 'http') {
    const token = await readTokenFile(at(cases.token_file))
    return { cases: httpCaseSource({ url: cases.url, token }, http), ...nothingToClose }
  }
  await using stack = new AsyncDisposableStack()
  const source = stack.use(openCaseSource(await caseSourceSettings(cases, at)))
  await requireCaseSource(source)
  const owned = stack.move()
  return { cases: sqlCaseSource(source), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
