import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import { runHere } from '../scenario/command-server.ts'

/* The benchmark of a whole join, as a user runs it, with registers that are small enough for a test. */

const reported = z.object({
  name: z.string(),
  figures: z.array(
    z.object({ what: z.string(), unit: z.string(), median: z.number(), runs: z.array(z.number()) }),
  ),
})

test('a join between four gateways is measured, with its audit, and its table is that of the registers', async () => {
  const size = ['--people', '500', '--cells', '2x3', '--delta', '1e-7', '--tier', 'sodium']
  const { exit, stdout, stderr } = await runHere(['bench', 'join', '--gateways', ...size, '--json'])
  assert.equal(exit, 0, stderr)
  const { name, figures } = reported.parse(JSON.parse(stdout))
  assert.match(
    name,
    /500 and 500 people in 2 × 3 cells between four gateways, sodium, epsilon 0.5, delta 1e-7/,
  )
  const of = (what: RegExp): number => {
    const found = figures.find((figure) => what.test(figure.what))
    assert.ok(found !== undefined && found.runs.length === 1, String(what))
    return found.median
  }
  assert.ok(of(/^from the question to the table$/) > 0)
  assert.ok(of(/^audit of 64 places/) > 0)
  for (const party of ['left holder', 'right holder', 'tally'] as const) {
    assert.ok(of(new RegExp(`^… ${party}$`)) > 0)
    assert.ok(of(new RegExp(`^… from the ${party}$`)) > 0)
    assert.ok(of(new RegExp(`^peak memory, ${party}, its processes added up$`)) > 0)
  }
  // Each side has at least four times the slots of its groups, masked once and twice, 32 bytes a point.
  const megabytes = of(/^bodies of all messages$/)
  assert.ok(megabytes > 0.1 && megabytes < 10, String(megabytes))
  // Two begun runs and their charges, and each of the messages at both of its ends.
  assert.ok(of(/^entries in all logs$/) >= 2 * 18 + 3)
  assert.match(stderr, /asking for the table/)
})

test('flags that do not go together, and values out of range, are told in a sentence', async () => {
  const wrong: readonly (readonly [flags: readonly string[], sentence: RegExp])[] = [
    [['--cells', '2x2'], /--cells needs --gateways/],
    [['--delta', '1e-7'], /--delta needs --gateways/],
    [['--gateways', '--groups', '3'], /the table is set by --cells/],
    [['--gateways', '--people', '5'], /at least 100 people/],
    [['--gateways', '--cells', '1x10'], /two numbers from 2 on/],
    [['--gateways', '--cells', '40x40'], /at most 1000 cells/],
    [['--gateways', '--delta', '1e-3'], /from 1e-6 to 1e-12/],
  ]
  for (const [flags, sentence] of wrong) {
    const { exit, stdout, stderr } = await runHere(['bench', 'join', ...flags])
    assert.deepEqual([exit, stdout], [2, ''], flags.join(' '))
    assert.match(stderr, sentence)
  }
})

test('arithmetic that no machine has is refused before anything is founded', async () => {
  const { exit, stderr } = await runHere(['bench', 'join', '--gateways', '--tier', 'avx1024'])
  assert.equal(exit, 1)
  assert.match(stderr, /no such tier: it has .*noble/)
  assert.doesNotMatch(stderr, /founding/)
})
