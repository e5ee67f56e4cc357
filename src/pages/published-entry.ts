import { readBundle, resourcePath } from '../log/verify/index.ts'
import type { Files } from '../ports/index.ts'

const bundleWidth = 256

/** The bundle that holds an entry: the full one, else the widest partial that is published. */
async function bundleAt(
  files: Files,
  index: number,
): Promise<{ readonly bytes: Uint8Array; readonly width: number } | undefined> {
  const full = resourcePath({ kind: 'entries', level: 0, index, width: bundleWidth })
  const whole = await files.read(full)
  if (whole !== undefined) return { bytes: whole, width: bundleWidth }
  const widths = (await files.list(`${full}.p`)).map((path) =>
    Number(path.slice(path.lastIndexOf('/') + 1)),
  )
  const width = Math.max(0, ...widths)
  const bytes = await files.read(resourcePath({ kind: 'entries', level: 0, index, width }))
  return bytes === undefined ? undefined : { bytes, width }
}

/** The entry at `index` as a published log holds it, or `undefined` when it is not there. */
export async function publishedEntry(files: Files, index: number): Promise<Uint8Array | undefined> {
  const bundle = await bundleAt(files, Math.floor(index / bundleWidth))
  if (bundle === undefined) return undefined
  let place = 0
  for (const item of readBundle(bundle.bytes, bundle.width)) {
    if (item.kind === 'fault') return undefined
    if (place === index % bundleWidth) return item.entry
    place += 1
  }
  return undefined
}
