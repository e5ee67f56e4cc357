import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Agreement, parseAgreement } from '../../agreement/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { identitySealing, sealingWarning } from '../sealing-holders.ts'
import { type DoctorCheck, failure, fine, says, see, wrong } from './doctor-check.ts'

/** The agreements that can be read; what is wrong with the others is another check's to say. */
async function readable(folder: string): Promise<readonly { readonly agreement: Agreement }[]> {
  const files = await readdir(folder).catch(() => [])
  const found: { readonly agreement: Agreement }[] = []
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    try {
      found.push({ agreement: parseAgreement(await readFile(join(folder, file))) })
    } catch {
      // Told where agreements are checked.
    }
  }
  return found
}

/** For whom the identity of officials who ask is sealed, if it should be. */
export async function checkSealing({ config, at }: LoadedConfig): Promise<readonly DoctorCheck[]> {
  const what = 'keys.sealing'
  try {
    const holders = identitySealing(config)?.holders
    if (holders !== undefined) {
      const { dpo, inspector } = holders
      const both = { dpo: dpo.organisation, inspector: inspector.organisation }
      return [fine(what, says('doctorSays.sealed', both))]
    }
  } catch (cause) {
    return [wrong(what, failure(cause), see('docs/how-to/open-an-identity.md'))]
  }
  const warning = sealingWarning(config, await readable(at(config.agreements.folder)))
  return warning === undefined ? [] : [fine(what, says('doctorSays.unsealed', {}))]
}
