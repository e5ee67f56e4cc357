import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { bestEd25519 } from '../../platform/index.ts'
import {
  type BudgetAct,
  budgetActBytes,
  openBudgetAct,
  parseBudgetAct,
  signBudgetAct,
} from '../../population/index.ts'
import { type CliIo, type ExitCode } from '../cli-io.ts'
import { runCloison } from '../run-cloison.ts'

const act: BudgetAct = {
  v: 1,
  organisation: 'tax',
  population: 'residents',
  composition: 'basic',
  microEpsilon: 2_000_000,
  deltaExponent: null,
  perAnalystMicroEpsilon: null,
  fromMs: 1_800_000_000_000,
  signatures: [],
}
const [dpo, inspector] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const ed25519 = bestEd25519()
const signed = signBudgetAct(act, { organisation: 'tax', role: 'dpo', seed: dpo }, ed25519)
const verifiers = {
  organisation: 'tax',
  dpoKeys: [ed25519.publicKey(dpo)],
  inspectors: (id: string) => (id === 'inspector' ? [ed25519.publicKey(inspector)] : []),
  ed25519,
}

test('a year counts with the officer’s signature, and as countersigned with a good one of an inspector elsewhere', () => {
  const by = (organisation: string, role: 'dpo' | 'inspector', seed: Uint8Array): BudgetAct =>
    signBudgetAct(signed, { organisation, role, seed }, ed25519)
  const judged = (one: BudgetAct): unknown => {
    const opened = openBudgetAct(one, verifiers)
    return typeof opened === 'string' ? opened : opened.budget.countersigned
  }
  assert.equal(judged(signed), false)
  assert.equal(judged(by('inspector', 'inspector', inspector)), true)
  assert.equal(judged(act), 'BUDGET_SIGNATURE_INVALID')
  assert.equal(judged(by('inspector', 'inspector', dpo)), 'BUDGET_SIGNATURE_INVALID')
  assert.equal(judged(by('housing', 'dpo', inspector)), 'BUDGET_SIGNATURE_INVALID')
  assert.equal(judged({ ...signed, microEpsilon: 3_000_000 }), 'BUDGET_SIGNATURE_INVALID')
  assert.equal(judged({ ...signed, organisation: 'social' }), 'BUDGET_FOREIGN')
  assert.deepEqual(parseBudgetAct(budgetActBytes(signed)), signed)
})

test('a file that is no year is refused in a sentence, and stays as it is', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-year-'))
  const file = join(dir, 'year.json')
  writeFileSync(file, '{"v":1}')
  const said: string[] = []
  let code: ExitCode | undefined
  const io: CliIo = {
    stdout: () => undefined,
    stderr: (text) => void said.push(text),
    isTty: false,
    env: {},
    now: () => 0,
    exit: (given) => (code = given),
  }
  for (const name of ['countersign', 'hand-in']) {
    const more = name === 'countersign' ? ['--key', 'none.key'] : []
    await runCloison(
      ['node', 'cloison', 'stats', 'budget', name, file, '-c', 'none.yaml', ...more],
      io,
    )
    assert.equal(code, 2)
    assert.match(said.at(-1) ?? '', /is no signed budget\. Make one with/)
  }
  assert.equal(readFileSync(file, 'utf8'), '{"v":1}')
  rmSync(dir, { recursive: true, force: true })
})
