import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { UsageError } from '../read-subject.ts'

const example = '{"by": ["sex"], "measure": "count", "epsilon": 0.1}'

/**
 * The query in a file of JSON; `-` for standard input. What it says is read by the gateway.
 *
 * @throws {@link UsageError}
 */
export async function readQueryFile(file: string): Promise<unknown> {
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8')
  const source = await read.catch(() => {
    throw new UsageError(`${file} cannot be read. Write a query into it, such as ${example}`)
  })
  try {
    const json: unknown = JSON.parse(source)
    return json
  } catch (cause) {
    throw new UsageError(`${file} is not JSON. A query is like ${example}`, { cause })
  }
}
