import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCookie, writeCookie } from './cookies.ts'
import { choiceOf, chosenOf } from './choice.ts'
import { createSessions } from './session.ts'
import type { Sessions } from './session.ts'

function setUp(): { sessions: Sessions; pass: (ms: number) => void } {
  let now = 0
  let drawn = 0
  const sessions = createSessions({
    clock: { now: () => now },
    randomness: {
      bytes: (length) => {
        drawn += 1
        return Uint8Array.from({ length }, (_, index) => (drawn >> (8 * (index % 4))) & 255)
      },
    },
  })
  return { sessions, pass: (ms) => void (now += ms) }
}

test('a session is found by its id until half an hour has passed without a visit', () => {
  const { sessions, pass } = setUp()
  const { id } = sessions.start('token')
  pass(30 * 60_000)
  assert.equal(sessions.find(id)?.formToken, 'token')
  pass(30 * 60_000)
  assert.ok(sessions.find(id) !== undefined)
  pass(30 * 60_000 + 1)
  assert.equal(sessions.find(id), undefined)
})

test('an ended session and an invented id find nothing', () => {
  const { sessions } = setUp()
  const session = sessions.start('token')
  sessions.end(session)
  assert.equal(sessions.find(session.id), undefined)
  assert.equal(sessions.find('invented'), undefined)
  assert.equal(sessions.find(undefined), undefined)
})

test('two thousand sessions are held, and the one idle longest goes first', () => {
  const { sessions } = setUp()
  const first = sessions.start('a')
  const second = sessions.start('b')
  for (let more = 0; more < 1998; more += 1) sessions.start('c')
  assert.ok(sessions.find(first.id) !== undefined)
  sessions.start('d')
  assert.equal(sessions.find(second.id), undefined)
  assert.ok(sessions.find(first.id) !== undefined)
})

test('a choice tells nothing about the value, is one visitor’s own, and leads back', () => {
  const choice = choiceOf('token', 'RS-2026-0001')
  assert.equal(choiceOf('token', 'RS-2026-0001'), choice)
  assert.notEqual(choiceOf('token', 'RS-2026-0002'), choice)
  assert.notEqual(choiceOf('another', 'RS-2026-0001'), choice)
  assert.match(choice, /^[A-Za-z0-9_-]{11}$/)
  const items = [{ id: 'RS-2026-0002' }, { id: 'RS-2026-0001' }]
  const made = { formToken: 'token', choice }
  assert.equal(
    chosenOf(items, ({ id }) => id, made),
    items[1],
  )
  assert.equal(
    chosenOf(items.toReversed(), ({ id }) => id, made),
    items[1],
  )
  assert.equal(
    chosenOf(items, ({ id }) => id, { ...made, formToken: 'another' }),
    undefined,
  )
  assert.equal(
    chosenOf(items, ({ id }) => id, { ...made, choice: null }),
    undefined,
  )
})

test('cookies are kept from scripts and other sites, and read back', () => {
  const rules = { secure: true }
  const field = writeCookie('session', 'abc', rules)
  assert.equal(field, '__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure')
  assert.match(writeCookie('form', 'abc', rules), /SameSite=Strict/)
  assert.match(writeCookie('session', '', rules), /Max-Age=0/)
  assert.doesNotMatch(writeCookie('form', 'abc', { secure: false }), /__Host-|Secure/)
  assert.equal(readCookie('x=1; __Host-session=abc; y=2', 'session', rules), 'abc')
  assert.equal(readCookie('session=abc', 'session', rules), undefined)
  assert.equal(readCookie('__Host-session=a b<', 'session', rules), undefined)
  assert.equal(readCookie(undefined, 'session', rules), undefined)
})
