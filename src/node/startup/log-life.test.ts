import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PlatformError } from '../../platform/index.ts'
import type { PublishedRound } from '../jobs/publish-job.ts'
import type { WitnessStanding } from '../jobs/witness-standing.ts'
import { NodeError } from '../node-error.ts'
import { logLife, type LogLife, type LogLifeDeps } from './log-life.ts'

const confirmed: WitnessStanding = {
  take: () => undefined,
  isConfirmed: () => true,
  newest: () => undefined,
  ageMs: () => 0,
  ailment: () => undefined,
  hardAilment: () => undefined,
}

/** A life with one thing that is not as it should be, and what it told. */
function lifeWith(change: Partial<LogLifeDeps>): {
  readonly life: LogLife
  readonly told: string[]
} {
  const told: string[] = []
  const life = logLife({
    publish: { round: async () => undefined },
    standing: confirmed,
    checkWitnesses: async () => undefined,
    announce: async () => undefined,
    publishPauseMs: 20,
    jobs: [],
    report: (_job, cause) =>
      void told.push(cause instanceof NodeError ? cause.code : String(cause)),
    ...change,
  })
  return { life, told }
}

const round: PublishedRound = {
  head: { checkpoint: 'note', size: 8, timeMs: 0 },
  cosignatures: {
    lines: [],
    outcomes: [
      { witness: { name: 'w1', url: 'http://w1' }, result: { outcome: 'ahead', size: 1_008 } },
    ],
  },
}

test('a witness that names a larger size and proves nothing ends no gateway', async () => {
  const { life, told } = lifeWith({ publish: { round: async () => round } })
  await life.begun(2_000)
  assert.ok(life.gate.isOpen())
  assert.ok(told.includes('WITNESS_UNPROVEN'), told.join())
  await life[Symbol.asyncDispose]()
})

test('a witness that names a larger size and shows a checkpoint that this log signed ends it', async () => {
  let asked = 0
  const evidence = new NodeError('LOG_REGRESSED', 'The witness w1 knows 1008 entries.')
  const checkWitnesses = async (): Promise<void> => {
    asked += 1
    // The first time is before the publication: the witness has just come back.
    if (asked > 1) throw evidence
  }
  const { life } = lifeWith({ publish: { round: async () => round }, checkWitnesses })
  await assert.rejects(life.begun(2_000), { code: 'LOG_REGRESSED' })
  assert.equal((await life.failed).code, 'LOG_REGRESSED')
  assert.equal(life.gate.isOpen(), false)
  await life[Symbol.asyncDispose]()
})

test('a failed disk of the published folder ends a gateway, a full one is told and tried again', async () => {
  const codes = ['DEVICE_FAILED', 'NO_SPACE'] as const
  const [failed, full] = codes.map((code) => {
    let rounds = 0
    const publish = async (): Promise<PublishedRound | undefined> => {
      rounds += 1
      if (rounds === 3 || (rounds > 3 && rounds < 6)) throw new PlatformError(code, 'made up')
      return undefined
    }
    return { ...lifeWith({ publish: { round: publish } }), rounds: () => rounds }
  })
  assert.ok(failed !== undefined && full !== undefined)
  assert.equal((await failed.life.failed).code, 'STORE_FAILED')
  await full.life.begun(2_000)
  for (let turn = 0; turn < 1_500 && full.rounds() < 7; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  assert.ok(full.life.gate.isOpen())
  assert.equal(full.told.filter((text) => text.includes('PlatformError')).length, 3)
  for (const { life } of [failed, full]) await life[Symbol.asyncDispose]()
})
