import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { UsageError } from '../read-subject.ts'

const example = '{"by": ["sex"], "measure": "count", "epsilon": 0.1}'

/**
 * JSON in a file; `-` for standard input.
 *
 * @throws {@link UsageError}
 */
export async function readJsonFile(
  file: string,
  wanted: { readonly what: string; readonly example: string },
): Promise<unknown> {
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8')
  const source = await read.catch(() => {
    throw new UsageError(
      `${file} cannot be read. Write a ${wanted.what} into it, such as ${wanted.example}`,
    )
  })
  try {
    const json: unknown = JSON.parse(source)
    return json
  } catch (cause) {
    throw new UsageError(`${file} is not JSON. A ${wanted.what} is like ${wanted.example}`, {
      cause,
    })
  }
}

/**
 * The query in a file of JSON; `-` for standard input. What it says is read by the gateway.
 *
 * @throws {@link UsageError}
 */
export function readQueryFile(file: string): Promise<unknown> {
  return readJsonFile(file, { what: 'query', example })
}
