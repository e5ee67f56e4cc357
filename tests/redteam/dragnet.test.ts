import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { decide } from '../../src/agreement/index.ts'
import { type Decide, isWithinCaps, runDragnet, simulateDragnet } from '../../src/redteam/index.ts'
import { wantsLongRuns } from '../house/needs.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-dragnet-'))
after(() => rmSync(dir, { recursive: true, force: true }))

function folder(): string {
  return mkdtempSync(join(dir, 'run-'))
}

/** A provider that forgets whom it was asked about. */
const forgetful: Decide = (request, facts, nowMs) =>
  decide(
    request,
    {
      ...facts,
      capUse: {
        ...facts.capUse,
        officialToday: 0,
        caseSubjects: 0,
        distinctSubjects30d: 0,
        subject30d: 0,
        caseLocatingTries: 0,
      },
      ceilingUse: {
        ...facts.ceilingUse,
        agreementSubjects30Days: 1,
        agreementSubjectsYear: 1,
        consumerSubjects30Days: 1,
        consumerSubjectsYear: 1,
        thresholdsPerSubject: 1,
      },
    },
    nowMs,
  )

test('in a year of asking for everybody, what leaves is exactly what caps and ceilings add up to', async () => {
  const rows = await simulateDragnet({ names: 700, populationSize: 10_000, dir: folder() })
  for (const { path, answered, firstDay, most } of rows) {
    assert.equal(answered, most, path)
    assert.ok(firstDay <= 100, path)
  }
  assert.ok(rows.some(({ answered }) => answered > 0))
  for (const { path, refused, asked } of rows.filter((row) => row.path.endsWith('supplied'))) {
    if (path.includes('true one')) continue
    assert.deepEqual(refused, { PRECONDITION_FAILED: asked }, path)
  }
})

test('a provider that forgets whom it was asked about answers about everybody, and the table says so', async () => {
  const wish = { names: 300, populationSize: 10_000, dir: folder(), decide: forgetful }
  const rows = await simulateDragnet(wish)
  const found = rows.find(({ path }) => path.includes('a case for everybody'))
  assert.equal(found?.firstDay, 300)
  const address = rows.find(({ path }) => path.includes('the true one supplied'))
  assert.equal(address?.firstDay, 300)
  assert.equal(
    isWithinCaps(rows.map((row) => ({ ...row, answered: row.firstDay, most: 100 }))),
    false,
  )
})

test('a real gateway without its caps answers about everybody', async (t) => {
  if (!wantsLongRuns()) return t.skip('a long run: ./test --all')
  const switchFile = join(dir, 'switch')
  writeFileSync(switchFile, 'CAP_EXCEEDED')
  const preload = new URL('./leave-out.ts', import.meta.url)
  preload.searchParams.set('switch', switchFile)
  const nodeOptions = [`--import=${preload.href}`]
  const { paths } = await runDragnet({ names: 150, dir: folder(), nodeOptions })
  assert.equal(paths[0]?.answered, 150)
  assert.equal(isWithinCaps(paths), false)
})
