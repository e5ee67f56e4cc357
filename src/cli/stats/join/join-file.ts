import { joinExample } from '../../../population/index.ts'
import { readJsonFile } from '../query-file.ts'

/**
 * The question in a file of JSON; `-` for standard input. What it says is read by the gateway.
 *
 * @throws UsageError
 */
export function readJoinFile(file: string): Promise<unknown> {
  return readJsonFile(file, { what: 'question', example: joinExample })
}
