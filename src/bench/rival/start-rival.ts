import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { startBenchProcess } from '../bench-process.ts'
import type { LookupTarget } from '../load/lookup-maker.ts'
import type { FoundRival } from './find-rival.ts'
import { startPostgres } from './postgres-server.ts'
import type { RivalSettings } from './rival-settings.ts'

/** The rival with its database, listening. */
export interface RunningRival extends AsyncDisposable {
  readonly port: number
  /** The service and the database: what its processor time is summed over. */
  readonly pids: readonly number[]
  readonly target: LookupTarget
}

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const program = fileURLToPath(new URL(`./rival-process${extension}`, import.meta.url))
const officials = 200

function tokenFor(official: string, key: KeyObject): string {
  const part = (claims: object): string => encodeBase64Url(utf8(JSON.stringify(claims)))
  const exp = Math.floor(Date.now() / 1000) + 86_400
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: official, iss: 'housing', exp })}`
  const signature = createSign('sha256').update(signed).sign(key)
  return `${signed}.${encodeBase64Url(new Uint8Array(signature))}`
}

/** Starts PostgreSQL with the same people as the register has, and the service before it. */
export async function startRival(
  found: Extract<FoundRival, { state: 'found' }>,
  { dir, people }: { readonly dir: string; readonly people: number },
): Promise<RunningRival> {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await startPostgres(found))
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const settings: RivalSettings = {
    postgresPort: database.port,
    people,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
  const settingsFile = join(dir, 'rival.json')
  await writeFile(settingsFile, JSON.stringify(settings))
  const service = stack.use(
    await startBenchProcess({
      name: 'rival',
      command: process.execPath,
      args: [program, settingsFile],
    }),
  )
  const tokens = Array.from({ length: officials }, (_, place) =>
    tokenFor(`official-${place}`, privateKey),
  )
  const owned = stack.move()
  return {
    port: service.port,
    pids: [service.pid, database.pid],
    target: { authority: `127.0.0.1:${service.port}`, tokens, people },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
