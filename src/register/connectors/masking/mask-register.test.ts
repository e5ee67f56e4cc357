import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { nobleJoinGroup } from '../../../crypto/index.ts'
import {
  aesCtr,
  sodiumJoinGroup,
  sodiumSealedBox,
  systemRandomness,
} from '../../../platform/index.ts'
import {
  contractDescription,
  contractRows,
  maskPlan,
  writeSqliteFile,
} from '../../../testing/index.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { maskRegister } from './mask-register.ts'
import type { MaskingMachine } from './mask-register.ts'
import type { MaskingAnswer } from './masking-messages.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-mask-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'people.db')
writeSqliteFile(path, contractRows())
const settings = JSON.stringify({ kind: 'sqlite', path, description: contractDescription })

/** What is said in order, and whether the secrets of the plan were still there when it was. */
async function masked(plan: MaskPlan, part: Partial<MaskingMachine> = {}) {
  const said: { readonly answer: MaskingAnswer; readonly hasSecrets: boolean }[] = []
  const machine: MaskingMachine = {
    group: sodiumJoinGroup() ?? nobleJoinGroup,
    randomness: systemRandomness,
    cipher: aesCtr,
    sealedBox: sodiumSealedBox(),
    post: async (answer) => {
      const secrets = [...plan.scalar, ...plan.saltKey]
      said.push({ answer, hasSecrets: secrets.some((byte) => byte !== 0) })
    },
    ...part,
  }
  const outcome = await maskRegister(settings, plan, machine).then(
    () => 'ended',
    (cause: { code: string }) => cause.code,
  )
  return { said, outcome }
}

const isWiped = ({ scalar, saltKey }: MaskPlan): boolean =>
  [...scalar, ...saltKey].every((byte) => byte === 0)

test('the secrets of a plan are overwritten before its end is told', async () => {
  const plan = maskPlan({ where: [{ element: 'dependants', keys: [1] }] })
  const { said, outcome } = await masked(plan)
  assert.equal(outcome, 'ended')
  assert.deepEqual(
    said.map(({ answer, hasSecrets }) => [answer.kind, hasSecrets]),
    [
      ['begun', true],
      ['rows', true],
      ['ended', false],
    ],
  )
})

test('they are overwritten as well when nothing comes of it', async () => {
  const failing: readonly (readonly [MaskPlan, Partial<MaskingMachine>, string])[] = [
    [maskPlan({ maxRows: 1 }), {}, 'RECORDS_INVALID'],
    [maskPlan({ by: ['street'] }), {}, 'SHAPE_REFUSED'],
    [maskPlan(), { sealedBox: undefined }, 'UNAVAILABLE'],
  ]
  for (const [plan, part, code] of failing) {
    const { said, outcome } = await masked(plan, part)
    assert.equal(outcome, code)
    assert.deepEqual(said, [])
    assert.ok(isWiped(plan))
  }
})
