import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleReading } from '../../oversight/index.ts'
import { UsageError } from '../read-subject.ts'

/** A bundle that is somewhere else could not be had. */
export class BundleUnavailable extends Error {
  override readonly name = 'BundleUnavailable'
}

async function* fetched(url: string): AsyncGenerator<Uint8Array, void> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new BundleUnavailable(`${url} cannot be reached.`, { cause })
  })
  if (response.status !== 200 || response.body === null)
    throw new BundleUnavailable(`${url} answered with status ${response.status}.`)
  for await (const piece of response.body) if (piece instanceof Uint8Array) yield piece
}

async function* fromFile(path: string): AsyncGenerator<Uint8Array, void> {
  for await (const piece of createReadStream(path)) if (piece instanceof Uint8Array) yield piece
}

function inFolder(folder: string): readonly string[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
  if (files.length > 0) return files.map((name) => join(folder, name))
  const isLog = ['checkpoint', 'log'].some((name) => existsSync(join(folder, name)))
  const hint = isLog
    ? ' A published log shows no exchange; have its organisation make a bundle with "cloison log export".'
    : ''
  throw new UsageError(`there is no bundle in ${folder}, which would end in .jsonl.${hint}`)
}

/**
 * The bundles at a place: a file, every `.jsonl` of a folder, or a URL. Each can be read again from its beginning.
 *
 * @throws {@link UsageError} for a place where none can be
 */
export function bundlesAt(place: string): readonly BundleReading[] {
  if (/^https?:\/\//.test(place)) return [() => fetched(place)]
  if (!existsSync(place)) throw new UsageError(`there is no ${place}.`)
  const files = statSync(place).isDirectory() ? inFolder(place) : [place]
  return files.map((file) => () => fromFile(file))
}
