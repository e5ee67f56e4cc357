import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { BenchError } from '../bench-error.ts'
import { lastLinesOf, stopProcess } from '../bench-process.ts'
import { claimPort } from '../../platform/index.ts'
import type { FoundRival } from './find-rival.ts'

/** A PostgreSQL server of the benchmark's own, on the loopback address. */
export interface PostgresServer extends AsyncDisposable {
  readonly pid: number
  readonly port: number
}

/** The superuser of the benchmark's cluster; it asks for no password on the loopback address. */
export const postgresUser = 'bench'

const run = promisify(execFile)

async function answers(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port })
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
  } finally {
    socket.destroy()
  }
}

async function untilItAnswers(port: number, isOver: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !isOver(); tries += 1) {
    if (await answers(port)) return
    await wait(100)
  }
  throw new BenchError('PROCESS_LOST', 'PostgreSQL did not start.')
}

/**
 * Makes a cluster in a new temporary folder and starts it with PostgreSQL's own defaults: fsync and
 * synchronous_commit on. Disposing stops it and removes the folder.
 *
 * @throws {@link BenchError} `PROCESS_LOST`
 */
export async function startPostgres(
  found: Extract<FoundRival, { state: 'found' }>,
): Promise<PostgresServer> {
  const { programs, user } = found
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'cloison-bench-pg-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const cluster = join(folder, 'cluster')
  const options = ['--auth=trust', `--username=${postgresUser}`, '--no-locale', '--encoding=UTF8']
  await run(join(programs, 'initdb'), [...options, '--no-sync', '-D', cluster], {
    cwd: folder,
    ...user,
  })
  const port = await claimPort()
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=']
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user },
  )
  stack.defer(() => stopProcess(server))
  lastLinesOf(server)
  await untilItAnswers(port, () => server.exitCode !== null)
  const owned = stack.move()
  return { pid: server.pid ?? 0, port, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
