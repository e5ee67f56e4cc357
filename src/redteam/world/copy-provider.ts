import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { claimPort } from '../../platform/index.ts'
import { RedteamError } from '../redteam-error.ts'
import type { FoundedProvider } from './found-provider.ts'
import { attackFolder, healthOf, type RedWorld } from './start-world.ts'

const tries = 240
const pauseMs = 50

async function publishedSize(folder: string): Promise<number> {
  const note = await readFile(join(folder, 'log', 'checkpoint'), 'utf8').catch(() => '')
  return Number(note.split('\n')[1] ?? 0)
}

/** Size of the log, once all of it is published: nothing is written until somebody asks. */
async function sizeAtRest(provider: FoundedProvider): Promise<number> {
  for (let left = tries; left > 0; left -= 1) {
    const { logSize } = await healthOf(provider)
    if ((await publishedSize(provider.organisation.folder)) === logSize) return logSize
    await sleep(pauseMs)
  }
  throw new RedteamError('RUN_REJECTED', 'A gateway does not publish what it has logged.')
}

function isCopied(path: string): boolean {
  return !basename(path).includes('.tmp-') && !basename(path).startsWith('state.db-writer')
}

/**
 * A provider's folder copied while its gateway runs, as a backup would be, with ports of its own. The
 * gateway is at rest meanwhile, so that stores, folder and what they remember of each other are of one moment.
 */
export async function copyProvider(
  world: RedWorld,
  provider: FoundedProvider,
  name: string,
): Promise<string> {
  const to = attackFolder(world, name)
  for (;;) {
    const size = await sizeAtRest(provider)
    await rm(to, { recursive: true, force: true })
    await cp(provider.organisation.folder, to, { recursive: true, filter: isCopied })
    if ((await sizeAtRest(provider)) === size) break
  }
  const config = JSON.parse(await readFile(provider.configFile, 'utf8')) as {
    readonly listen: object
  }
  const listen = {
    public: `127.0.0.1:${await claimPort()}`,
    admin: `127.0.0.1:${await claimPort()}`,
  }
  await writeFile(join(to, 'cloison.yaml'), JSON.stringify({ ...config, listen }))
  return to
}
