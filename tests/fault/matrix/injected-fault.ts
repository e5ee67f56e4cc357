import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What strace does to a system call: an error that it returns instead, or the end of the process. */
export type InjectedEffect = 'EIO' | 'ENOSPC' | 'SIGKILL'

/** A fault at one system call of a gateway. */
export interface InjectedFault {
  readonly effect: InjectedEffect
  readonly call: 'pwrite64' | 'fdatasync' | 'fsync' | 'rename'
  /** File names in the organisation's folder that the call must be about; any file where left out. */
  readonly files?: readonly string[]
  /** Which of those calls, counted from 1 within a thread; `4+` is every one from the fourth on. */
  readonly when: string
}

const traceIn = (folder: string): string => join(folder, 'injected.txt')

/** Whether the fault of the newest life in this folder has come to pass. */
export function hasStruck(folder: string): boolean {
  const trace = traceIn(folder)
  return existsSync(trace) && /INJECTED|killed by SIGKILL/.test(readFileSync(trace, 'utf8'))
}

/**
 * Arguments of strace that inject the fault into a Node under it, threads included. The tracer is no
 * parent of Node, so signals to the child and its exit code are Node's.
 */
export function injectionArguments(
  strace: string,
  folder: string,
  { effect, call, files = [], when }: InjectedFault,
): readonly string[] {
  const what = effect === 'SIGKILL' ? 'signal=SIGKILL' : `error=${effect}`
  const plan = ['-D', '-f', '-qq', '-y', '-s', '0', '-o', traceIn(folder)]
  const paths = files.flatMap((name) => ['-P', join(folder, name)])
  return [
    strace,
    ...plan,
    ...paths,
    '-e',
    `trace=${call}`,
    '-e',
    `inject=${call}:${what}:when=${when}`,
  ]
}
