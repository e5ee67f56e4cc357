import { execFileSync, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '../house/wait-until.ts'

/** A PostgreSQL cluster of a test's own, in a temporary folder, on a unix socket alone. */
export interface PostgresCluster extends Disposable {
  /** Runs a script as the superuser and gives its unaligned rows; throws with what psql said. */
  psql(script: string, database?: string): string
  /** Writes a file with the connection string of a role, and gives its path. */
  dsnFile(role: string, database?: string): string
  start(): Promise<void>
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function answers(psql: PostgresCluster['psql']): true | undefined {
  try {
    psql('SELECT 1')
    return true
  } catch {
    return undefined
  }
}

/** Makes a cluster with the programs of a folder and starts it; nothing of it is synced to disk. */
export async function startCluster(programs: string): Promise<PostgresCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-pg-'))
  const user = serverUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const [data, host] = [join(folder, 'data'), encodeURIComponent(folder)]
  const inFolder = { cwd: folder, ...user }
  const options = ['--auth=trust', '--username=dba', '--no-locale', '--encoding=UTF8', '--no-sync']
  execFileSync(join(programs, 'initdb'), [...options, '-D', data], { ...inFolder, stdio: 'ignore' })
  let server: ChildProcess | undefined
  const psql = (script: string, database = 'postgres'): string =>
    execFileSync(
      join(programs, 'psql'),
      ['-h', folder, '-U', 'dba', '-d', database, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'],
      { input: script, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] },
    ).trim()
  const cluster: PostgresCluster = {
    psql,
    dsnFile(role, database = 'postgres') {
      const path = join(folder, `${role}-${database}.dsn`)
      writeFileSync(path, `postgres://${role}@/${database}?host=${host}\n`, { mode: 0o600 })
      return path
    },
    async start() {
      const settings = ['fsync=off', 'listen_addresses=', `unix_socket_directories=${folder}`]
      const child = spawn(
        join(programs, 'postgres'),
        ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
        { ...inFolder, stdio: ['ignore', 'ignore', 'pipe'] },
      )
      server = child
      let told = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
      await waitUntil('PostgreSQL', () => answers(psql), [{ child, stderr: () => told }])
    },
    async stop() {
      const running = server
      if (running === undefined || running.exitCode !== null) return
      const ended = new Promise((resolve) => running.once('exit', resolve))
      // Immediate shutdown: connections end as they do in a crash.
      running.kill('SIGQUIT')
      await ended
    },
    [Symbol.dispose]() {
      // Returns when all its processes are gone: they would write into what is being removed.
      if (server !== undefined && server.exitCode === null)
        spawnSync(join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate'], inFolder)
      server?.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
    },
  }
  await cluster.start()
  return cluster
}
