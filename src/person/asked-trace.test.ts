import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExchange } from '../../tests/fault/in-process-exchange.ts'
import { signCaseToken } from '../protocol/index.ts'
import { sampleSeeds } from '../testing/index.ts'
import { askQuestion } from './ask-question.ts'
import type { CaseSource, ConsumerDeps } from './consumer-deps.ts'

/** A case system that also says how close the official is and how much of theirs nothing followed. */
function sayingCases({ clock }: ConsumerDeps, seed: Uint8Array): CaseSource {
  return {
    async grant({ reference, officialPseudonym, subject, purpose, provider }) {
      const iat = Math.floor(clock.now() / 1000)
      const times = { iss: 'housing/cases', aud: provider, iat, exp: iat + 900, open: true }
      const about = { case: reference, subject, official: officialPseudonym, purpose }
      const token = await signCaseToken({ ...times, ...about, kin: true, idle: 7 }, seed)
      return { state: 'granted', token }
    },
  }
}

interface Word {
  readonly kin: boolean | null
  readonly idle: number | null
}

/** What the newest trace of either side holds of the case source's word. */
async function wordsAfter(seed: Uint8Array | undefined): Promise<readonly Word[]> {
  using exchange = await openExchange()
  const { consumerDeps } = exchange
  const cases = seed === undefined ? consumerDeps.cases : sayingCases(consumerDeps, seed)
  await askQuestion(exchange.request(1), { ...consumerDeps, cases })
  const sides = [exchange.consumer, exchange.provider]
  const pages = await Promise.all(sides.map(({ reader }) => reader.tracesBefore(undefined, 1)))
  return pages.flat().map(({ kin, idle }) => ({ kin, idle }))
}

test("both sides' traces have the case source's word on kin and on what nothing followed", async () => {
  const word = { kin: true, idle: 7 }
  assert.deepEqual(await wordsAfter(sampleSeeds.cases), [word, word])
})

test('of a token that another key signed neither side believes a word, and one that says nothing says nothing', async () => {
  const nothing = { kin: null, idle: null }
  assert.deepEqual(await wordsAfter(sampleSeeds.cases.map((byte) => byte ^ 1)), [nothing, nothing])
  assert.deepEqual(await wordsAfter(undefined), [nothing, nothing])
})
