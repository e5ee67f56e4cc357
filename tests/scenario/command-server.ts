import { chmodSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { type CliIo, type ExitCode, runCloison } from '../../src/cli/index.ts'
import { cliScript } from '../fault/gateway-process.ts'

/** What a command ended with. */
export interface RanCommand {
  readonly exit: ExitCode
  readonly stdout: string
  readonly stderr: string
}

/** Runs one command of the product's own code in this process. */
export async function runHere(args: readonly string[]): Promise<RanCommand> {
  const found = { exit: 0 as ExitCode, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (found.stdout += text),
    stderr: (text) => void (found.stderr += text),
    isTty: false,
    env: {},
    now: () => Date.now(),
    exit: (code) => void (found.exit = code),
  }
  await runCloison(['node', 'cloison', ...args], io)
  return found
}

/** A `cloison` for a shell that has its work done by a process which has loaded everything already. */
export interface CommandServer extends AsyncDisposable {
  /** For the front of the shell's `PATH`. */
  readonly folder: string
}

/** A gateway is a process of its own. Else sends folder and arguments, each ended by a NUL; the reply begins with exit code and length of the output. */
const shim = (port: number): string => `#!/usr/bin/env bash
if [ "$1" = serve ]; then exec '${process.execPath}' '${cliScript}' "$@"; fi
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "$PWD" "$@" >&3
printf '\\0' >&3
read -r code length <&3
head -c "$length" <&3
cat <&3 >&2
exit "$code"
`

/** Serves the commands to shells of this machine, one at a time; `folder` gets the program. */
export async function serveCommands(folder: string): Promise<CommandServer> {
  let last: Promise<unknown> = Promise.resolve()
  const run = async (socket: Socket, said: string): Promise<void> => {
    const [cwd = '', ...args] = said.slice(0, -2).split('\0')
    process.chdir(cwd)
    const { exit, stdout, stderr } = await runHere(args)
    socket.end(`${exit} ${Buffer.byteLength(stdout)}\n${stdout}${stderr}`)
  }
  const server: Server = createServer((socket) => {
    let said = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (!said.endsWith('\0\0')) return
      last = last.then(() => run(socket, said))
    })
    // A shell that has gone away has no use for the rest.
    socket.on('error', () => undefined)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a port was asked for')
  writeFileSync(join(folder, 'cloison'), shim(address.port))
  chmodSync(join(folder, 'cloison'), 0o755)
  const home = process.cwd()
  return {
    folder,
    async [Symbol.asyncDispose]() {
      await last
      process.chdir(home)
      await new Promise((done) => server.close(done))
    },
  }
}
