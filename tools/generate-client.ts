import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { openApiDocument } from '../src/node/index.ts'
import { clientTypes } from './client-types.ts'

/** Writes what is made out of the schemas of the consumer API: its description and its client's types. */
const root = resolve(import.meta.dirname, '..')
writeFileSync(
  resolve(root, 'docs/reference/openapi.json'),
  `${JSON.stringify(openApiDocument(), null, 2)}\n`,
)
writeFileSync(resolve(root, 'src/client/api-types.ts'), clientTypes())
