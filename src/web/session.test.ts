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
  const { id } = sessions.start('token', 'here')
  pass(30 * 60_000)
  assert.equal(sessions.find(id, 'here')?.formToken, 'token')
  pass(30 * 60_000)
  assert.ok(sessions.find(id, 'here') !== undefined)
  pass(30 * 60_000 + 1)
  assert.equal(sessions.find(id, 'here'), undefined)
})

test('an ended session and an invented id find nothing', () => {
  const { sessions } = setUp()
  const session = sessions.start('token', 'here')
  sessions.end(session)
  assert.equal(sessions.find(session.id, 'here'), undefined)
  assert.equal(sessions.find('invented', 'here'), undefined)
  assert.equal(sessions.find(undefined, 'here'), undefined)
})

test('two thousand sessions are held, and the one idle longest goes first', () => {
  const { sessions } = setUp()
  const first = sessions.start('a', 'here')
  const second = sessions.start('b', 'here')
  for (let more = 0; more < 1998; more += 1) sessions.start('c', 'here')
  assert.ok(sessions.find(first.id, 'here') !== undefined)
  sessions.start('d', 'here')
  assert.equal(sessions.find(second.id, 'here'), undefined)
  assert.ok(sessions.find(first.id, 'here') !== undefined)
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

test('a crowd that never signs in pushes nobody out who did', () => {
  const { sessions } = setUp()
  const official = sessions.start('a', 'here')
  official.account = {
    role: 'caseworker',
    organisation: 'housing',
    id: 'official-1',
    name: 'n',
    subject: undefined,
    authTimeMs: 0,
  }
  for (let more = 0; more < 3_000; more += 1) sessions.start('b', 'here')
  assert.ok(sessions.find(official.id, 'here') !== undefined)
})
