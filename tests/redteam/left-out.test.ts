import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { allAttacks, type Attack, type RedWorld, startWorld } from '../../src/redteam/index.ts'
import { type NaiveRegister, startNaiveRegister } from './naive-register.ts'

/*
 * The negative half of `cloison redteam`: each attack again, by the same code, with the control of its row left out.
 * It must succeed then; else the row would say nothing about what stopped it.
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
  await world[Symbol.asyncDispose]()
  await naive[Symbol.asyncDispose]()
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
  const { isReached, code } = await attack.run(isShape ? naively() : world)
  leaveOut('')
  assert.ok(isReached, `without ${attack.control}, ${attack.name} still ends with ${code}`)
}

test('a gateway from which a control may be left out is the product as long as none is', async () => {
  for (const name of ['no-case', 'placeholder-address', 'forged-signature']) {
    const attack = allAttacks.find((one) => one.name === name)
    assert.equal((await attack?.run(world))?.isReached, false, name)
  }
})

for (const attack of allAttacks) {
  test(`${attack.name} succeeds without ${attack.control}`, () => assertReached(attack))
}

test('each attack has a name of its own', () => {
  assert.equal(new Set(allAttacks.map(({ name }) => name)).size, allAttacks.length)
})
