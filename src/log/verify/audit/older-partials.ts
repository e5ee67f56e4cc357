import { parseResourcePath, resourcePath, TILE_WIDTH } from '../resource-path.ts'
import type { Resource } from '../resource-path.ts'
import { HASH_BYTES } from '../tree-hasher.ts'
import type { Audit, Row } from './audit.ts'
import { checkBundle } from './check-bundle.ts'
import { readResource, reportTile } from './tile-file.ts'

/**
 * Checks the partial tiles and bundles that earlier sizes left beside a row's own: each must be the
 * beginning of what stands there now. They may be deleted, so a missing one is no problem. Does
 * nothing for a source that cannot list.
 */
export async function checkOlderPartials(audit: Audit, row: Row): Promise<void> {
  await checkKind(audit, row, 'tile')
  if (row.level === 0) await checkKind(audit, row, 'entries')
}

async function checkKind(audit: Audit, row: Row, kind: Resource['kind']): Promise<void> {
  const { source, problems } = audit
  const { level, index } = row
  if (source.list === undefined) return
  const folder = `${resourcePath({ kind, level, index, width: TILE_WIDTH })}.p`
  for await (const path of source.list(folder)) {
    const partial = parseResourcePath(path)
    if (partial === undefined || partial.width >= row.width) continue
    const found = await readResource(source, partial)
    if (found.bytes === undefined) continue
    const hashes = row.hashes.subarray(0, partial.width * HASH_BYTES)
    if (kind === 'tile') reportTile(problems, partial, found, hashes)
    else drain(checkBundle(audit, found, { ...row, width: partial.width, hashes }))
  }
}

function drain(entries: Iterable<unknown>): void {
  for (const _ of entries);
}
