import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { parseReleaseFile } from '../../src/population/index.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { type CommandServer, serveCommands } from './command-server.ts'
import { blocksOf, onFreePorts, openShell, type TypingShell } from './typed-page.ts'

/*
 * The tutorial on tables, typed word for word at two real gateways. In the usual run the commands are done by
 * one process that has loaded the program already; in the long one each is a process of its own.
 */

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/tutorials/ask-for-a-table.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'cloison-stats-'))
let commands: CommandServer
let shell: TypingShell

before(async () => {
  mkdirSync(join(folder, 'bin'))
  commands = await serveCommands(join(folder, 'bin'))
  const programs = wantsLongRuns() ? root : commands.folder
  const path = [programs, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  shell = openShell(folder, { PATH: path, HOME: process.env['HOME'] ?? '/' })
})

after(async () => {
  shell[Symbol.dispose]()
  await commands[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const mean =
  /^(\w+) +(Female|Male) +mean +(\d+\.\d{4}) +(\d+\.\d{4}) +(\d+\.\d{4}) +≥ 95\.\d\d %$/gm

function wholeTable(printed: string): void {
  const rows = [...printed.matchAll(mean)]
  assert.equal(rows.length, 10, printed)
  for (const [, , , value, lower, upper] of rows)
    assert.ok(Number(lower) <= Number(value) && Number(value) <= Number(upper))
}

/** What each block of the page prints, by something that only this block has. */
const expected: readonly (readonly [block: RegExp, printed: readonly RegExp[]])[] = [
  [/cloison init/, [/^tax is founded in tax/m, /^statistics is founded/m, /tax is a peer/]],
  [/^awk/, [/^0000000195,48,Self-employed,/m]],
  [/tax\/adults\.json/, [/^ok +registers\.adults: 20000 rows, one a person$/m]],
  [
    /agreement new/,
    [
      /^# {3}education: string, ordinary, counted by 5 keys$/m,
      /^# {3}race: string, special, counted by 4 keys$/m,
      /^tables\.yaml can be signed: 0 warnings, 1 of advice\.$/m,
      /may be asked hours: noisy tables of adults\.hours$/m,
    ],
  ],
  [/cloison serve/, [/tax-tables v1 +active/]],
  [/budget open/, [/^A year of "residents" is open, for an epsilon of 1: entry \d+\.$/m]],
  [/preview.*tax-tables\n$/, [/^ {2}hours: 1 to 99 hours\/week$/m, /^Nothing is spent yet\.$/m]],
  [
    /> hours\.json/,
    [
      /^The table has 10 cells; in each: count ± 18, sum ± 904/m,
      /^It costs an epsilon of 0\.4, whatever comes out\.$/m,
    ],
  ],
  [/--query hours\.json\n$/, [/^Of the population's year 0 was spent before, 0\.4 after\.$/m]],
  [/again\.txt/, [/^ +0\.6 left of 1, of the population, whoever asks$/m]],
  [/quantiles/, [/^Government +50 % quantile +\d\d/m, /0\.4 was spent before, 0\.5 after/]],
  [
    /by-race/,
    [
      /^refused: ELEMENT_NOT_AGREED at where\.race: race is no element of the agreement; it has sex,/m,
      /^refused, exit code 4$/m,
      /0\.5 was spent before, 1 after/,
      /^refused: BUDGET_SPENT: /m,
      /^Too little is left of the population's year/m,
      /^refused, exit code 6$/m,
    ],
  ],
  [
    /stats result/,
    [
      /tax-tables v1, tax: released$/m,
      /^sex,statistic,ppm,value,lower,upper,level_ppm,level,release\r?$/m,
      /^Female,count,,\d+,\d+,\d+,\d+,exact,/m,
      /^tax\.localhost\/log\/2026h2 is good: \d+ entries/m,
    ],
  ],
]

// A loop of the page waits for gateways: one that does not start must not wait for ever.
const patience = { timeout: 900_000 }

test(
  'an analyst gets from an empty folder to a table, by the commands of the page',
  patience,
  async () => {
    const blocks = blocksOf(await onFreePorts(page))
    assert.equal(blocks.length, expected.length)
    const said: string[] = []
    for (const [place, block] of blocks.entries()) {
      const [mark, printed] = expected[place] ?? assert.fail()
      assert.match(block, mark)
      const output = await shell.type(block)
      for (const one of printed) assert.match(output, one)
      said.push(output)
    }
    const asked = said[8] ?? ''
    const again = readFileSync(join(folder, 'again.txt'), 'utf8')
    wholeTable(asked)
    const tableOf = (text: string): string => text.slice(0, text.indexOf('\nSigned by'))
    assert.equal(tableOf(again), tableOf(asked), 'the same question is the same release')
    const { release } = parseReleaseFile(new Uint8Array(readFileSync(join(folder, 'sexes.json'))))
    assert.deepEqual(release.query.by, ['sex'])
    assert.equal(readFileSync(join(folder, 'sexes.parquet')).subarray(0, 4).toString(), 'PAR1')
    // Ten digits by themselves: in a digest they come by chance.
    assert.doesNotMatch(said.slice(3).join(''), /(?<![\w+/])\d{10}(?![\w+/])/, 'nobody is named')
  },
)
