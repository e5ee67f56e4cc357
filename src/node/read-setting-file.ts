import { readFile } from 'node:fs/promises'
import { NodeError } from './node-error.ts'

/**
 * Reads the text of a file that a setting names.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`, naming the setting and the path
 */
export async function readSettingFile(path: string, setting: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new NodeError('CONFIG_INVALID', `The file ${path} of "${setting}" cannot be read.`, {
      cause,
    })
  })
}
