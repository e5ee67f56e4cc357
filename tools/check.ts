import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** One step of the check: a program of node_modules, or a file of this project, with its arguments. */
interface Step {
  readonly name: string
  readonly command: readonly string[]
}

interface StepReport {
  readonly passed: boolean
  readonly seconds: number
  readonly output: string
}

const root = resolve(import.meta.dirname, '..')
const local = (name: string): string => join(root, 'node_modules/.bin', name)
const caches = join(root, '.cache')

const typecheck: readonly Step[] = [
  {
    name: 'types',
    command: [local('tsc'), '--incremental', '--tsBuildInfoFile', join(caches, 'types.json')],
  },
  ...(hasBrowserCode()
    ? [{ name: 'types, browser', command: [local('tsc'), '-p', 'src/web/browser'] }]
    : []),
]

const lint: Step = { name: 'lint', command: [local('oxlint'), '--type-aware'] }

const format: Step = {
  name: 'format',
  command: [
    local('prettier'),
    '--check',
    '--log-level=warn',
    '--cache',
    '--cache-strategy=content',
    `--cache-location=${join(caches, 'format.json')}`,
    '.',
  ],
}

const layers: Step = { name: 'layers', command: [process.execPath, 'tools/check-layers.ts'] }

const reports = await Promise.all([runAll(typecheck), runAll([lint]), runAll([format, layers])])
if (reports.flat().some((report) => !report.passed)) process.exitCode = 1

function hasBrowserCode(): boolean {
  const folder = join(root, 'src/web/browser')
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.ts'))
}

async function runAll(steps: readonly Step[]): Promise<readonly StepReport[]> {
  const done: StepReport[] = []
  for (const step of steps) {
    const report = await run(step)
    console.error(
      `${report.passed ? 'ok    ' : 'FAILED'} ${report.seconds.toFixed(1)} s  ${step.name}`,
    )
    if (!report.passed) console.error(report.output.trimEnd())
    done.push(report)
  }
  return done
}

async function run({ command }: Step): Promise<StepReport> {
  const startedAt = performance.now()
  const { promise, resolve: settle } = Promise.withResolvers<{ code: number; output: string }>()
  const [program = '', ...programArguments] = command
  const child = spawn(program, programArguments, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  child.once('error', (fault) => settle({ code: 1, output: String(fault) }))
  child.once('close', (code) => settle({ code: code ?? 1, output }))
  const ended = await promise
  const seconds = (performance.now() - startedAt) / 1000
  return { passed: ended.code === 0, seconds, output: ended.output }
}
