import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type MaskingCrew, maskingCrewText } from './masking/masking-crew.ts'

/** What a connector's process tells the one who started it. */
export interface ConnectorListener {
  message(content: unknown): void
  /** The process has ended, for whatever reason; called once. */
  ended(): void
}

/** A running process of a connector. */
export interface ConnectorProcess {
  /** False when the process can no longer take it. */
  send(content: object): boolean
  /** Ends the process at once; `ended` is still called. */
  kill(): void
}

/** Starts a connector's process with its settings, a JSON text. */
export type SpawnConnector = (settings: string, listener: ConnectorListener) => ConnectorProcess

/** As the file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/** How a program is run: what its messages are made of, and what the engine is told. */
interface Running {
  readonly serialization: 'json' | 'advanced'
  readonly execArgv: string[]
  /** What the program is told after its settings; nothing secret. */
  readonly also?: readonly string[]
}

/** A million rows that are read and dropped leave less behind in a small young generation. */
const masking: Running = { serialization: 'advanced', execArgv: ['--max-semi-space-size=4'] }

/**
 * Starts a connector's program, a file beside this one without its extension, as a child process of its own: empty environment, no standard streams, one channel for
 * messages: of JSON unless told otherwise. The child ends when the channel closes, also when its parent is killed.
 */
export function forkProgram(
  name: string,
  running: Running = { serialization: 'json', execArgv: [] },
): SpawnConnector {
  const program = fileURLToPath(new URL(`${name}${extension}`, import.meta.url))
  const { also = [] } = running
  return (settings, listener) => begin({ program, args: [settings, ...also], running }, listener)
}

/** Starts the process of a register's connector. */
export const forkConnector: SpawnConnector = forkProgram('./connector-process')

/** Starts a process that masks a register's rows, once. */
export const forkMasking: SpawnConnector = forkProgram('./masking/masking-process', masking)

/** The same with a crew of its own. */
export function forkMaskingBy(crew: MaskingCrew): SpawnConnector {
  return forkProgram('./masking/masking-process', { ...masking, also: [maskingCrewText(crew)] })
}

interface Program {
  readonly program: string
  readonly args: readonly string[]
  readonly running: Running
}

function begin({ program, args, running }: Program, listener: ConnectorListener): ConnectorProcess {
  const { serialization, execArgv } = running
  const child = fork(program, args, {
    env: {},
    serialization,
    execArgv,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  let over = false
  const end = (): void => {
    if (over) return
    over = true
    listener.ended()
  }
  child.on('message', (content) => listener.message(content))
  child.on('error', end)
  child.on('exit', end)
  return {
    send: (content) => {
      if (over || !child.connected) return false
      // What cannot be delivered is answered by `ended`.
      child.send(content, () => undefined)
      return true
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
