import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinTierNames } from '../../crypto/index.ts'
import { joinGroupOf, joinTiers } from './best-join-group.ts'

test('the fastest is given unless one is named, and a name that the machine does not have is refused', () => {
  const names = joinTiers().map(({ name }) => name)
  assert.equal(joinGroupOf(undefined).name, names[0])
  for (const name of joinTierNames) {
    if (names.includes(name)) assert.equal(joinGroupOf(name).name, name)
    else assert.throws(() => joinGroupOf(name), { code: 'JOIN_TIER_MISSING' })
  }
  assert.deepEqual(
    names,
    joinTierNames.filter((name) => names.includes(name)),
  )
})
