import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { cliScript } from '../fault/gateway-process.ts'

const helpOf = (...path: readonly string[]): string =>
  execFileSync(process.execPath, [cliScript, ...path, '--help'], { encoding: 'utf8' })

/** The commands that a help text lists, each with what it says about it. */
function listed(help: string): readonly (readonly [string, string])[] {
  const [, section = ''] = help.split('\nCommands:\n')
  const joined = section.replaceAll(/\n {4,}(?=\S)/g, ' ')
  return [...joined.matchAll(/^ {2}([a-z][a-z-]*)(?: [<[][^>\]]*[>\]](?:\.\.\.)?)* +(\S.*)$/gm)]
    .map(([, name = '', text = '']) => [name, text] as const)
    .filter(([name]) => name !== 'help')
}

/** What is wrong with the lines of a list: each is a sentence. */
function flaws(help: string): readonly string[] {
  return listed(help)
    .filter(([, text]) => !/^[A-Z].*\.$/s.test(text))
    .map(([name]) => name)
}

test('every command is described in a sentence', () => {
  const root = helpOf()
  const names = listed(root).map(([name]) => name)
  assert.ok(names.length > 20)
  assert.deepEqual(flaws(root), [])
  assert.deepEqual(
    flaws('\nCommands:\n  sql [options] <a>  print the script\n'),
    ['sql'],
    'the twin',
  )
})

test('commands with commands of their own begin with examples, and list them in sentences', () => {
  for (const name of ['agreement', 'signals', 'identity']) {
    const help = helpOf(name)
    assert.match(help, /^\n?Examples:\n {2}\$ cloison /, name)
    assert.deepEqual(flaws(help), [], name)
  }
})

test('whoever reads only the beginning gets no trace of an error', () => {
  // The reader is gone long before there is anything to read.
  const piped = `set -o pipefail; "${process.execPath}" "${cliScript}" log --help | true`
  const { status, stderr } = spawnSync('bash', ['-c', piped], { encoding: 'utf8' })
  assert.deepEqual([status, stderr], [0, ''])
})
