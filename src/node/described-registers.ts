import { parseRegisterDescription, type RegisterDescription } from '../register/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { NodeError } from './node-error.ts'
import { readSettingFile } from './read-setting-file.ts'

/**
 * The descriptions of the configured registers, under their configured names, without opening any of
 * them.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export async function describedRegisters({
  config,
  at,
}: LoadedConfig): Promise<readonly RegisterDescription[]> {
  const found = Object.entries(config.registers).map(async ([name, { description_file: file }]) => {
    const text = await readSettingFile(at(file), `registers.${name}.description_file`)
    return { ...parseRegisterDescription(parseJson(text, file)), name }
  })
  return Promise.all(found)
}

function parseJson(text: string, file: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    return json
  } catch (cause) {
    throw new NodeError('CONFIG_INVALID', `The register description in ${file} is not JSON.`, {
      cause,
    })
  }
}
