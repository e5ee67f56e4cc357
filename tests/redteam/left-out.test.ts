import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { allAttacks, type Attack, type RedWorld, startWorld } from '../../src/redteam/index.ts'
import { leavesNoTrace } from './leaves-no-trace.ts'
import { type NaiveRegister, startNaiveRegister } from './naive-register.ts'

/*
 * Each attack of `cloison redteam` twice, by the same code: on the product it is stopped; with the control of its row
 * left out it must succeed, else the row would say nothing about what stopped it.
 */

/** Controls that are no line of the code but the shape of all of it: there is nothing to leave out. */
const shapes: ReadonlySet<string> = new Set([
  'closed-messages',
  'body-limit',
  'content-coding',
  'strict-http',
])

const dir = mkdtempSync(join(tmpdir(), 'cloison-left-out-'))
const switchFile = join(dir, 'switch')
let world: RedWorld
let naive: NaiveRegister

before(async () => {
  leaveOut('')
  const preload = new URL('./leave-out.ts', import.meta.url)
  preload.searchParams.set('switch', switchFile)
  naive = await startNaiveRegister()
  world = await startWorld({ dir: join(dir, 'world'), nodeOptions: [`--import=${preload.href}`] })
})

after(async () => {
  await naive[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
  rmSync(dir, { recursive: true, force: true })
})

function leaveOut(control: string): void {
  writeFileSync(switchFile, control)
}

/** The same ground with the plain service in the gateway's place. */
function naively(): RedWorld {
  const { authority } = naive
  return {
    ...world,
    tax: { ...world.tax, authority, admin: authority },
    health: () => Promise.resolve({ logSize: 0, noise: {} }),
  }
}

async function assertReached(attack: Attack): Promise<void> {
  const isShape = shapes.has(attack.control)
  leaveOut(isShape ? '' : attack.control)
  const { isReached, code } = await attack
    .run(isShape ? naively() : world)
    .finally(() => leaveOut(''))
  assert.ok(isReached, `without ${attack.control}, ${attack.name} still ends with ${code}`)
}

/** A revocation is for good; and starts of gateways cost seconds, which the long run has. */
const onlyInLongRuns: ReadonlySet<string> = new Set([
  'revoked-key',
  'locate-and-detain',
  'widen-a-signed-agreement',
  'give-caps-back',
])

for (const attack of allAttacks) {
  const { name, control } = attack
  if (!onlyInLongRuns.has(name)) {
    test(`${name} is stopped, and leaves what it should`, async () => {
      const { isReached, code, trace } = await attack.run(world)
      assert.equal(isReached, false)
      assert.notEqual(code, '')
      assert.equal(trace.kind === 'nothing', leavesNoTrace.has(name), trace.kind)
    })
  }
  test(`${name} succeeds without ${control}`, () => assertReached(attack))
}

test('each attack has a name of its own', () => {
  assert.equal(new Set(allAttacks.map(({ name }) => name)).size, allAttacks.length)
})
