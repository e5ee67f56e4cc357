import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExchange } from '../../tests/fault/in-process-exchange.ts'
import { agreementDigest } from '../agreement/index.ts'
import { encodeBase64 } from '../bytes/index.ts'
import { samplePersonAgreement } from '../testing/index.ts'
import { askQuestion } from './ask-question.ts'
import type { KnownAgreement } from './question-facts.ts'
import { serveQuestion } from './serve-question.ts'

/** A version that cites a document which nobody here has. */
function after(id: string, before: string): KnownAgreement {
  const unknown = encodeBase64(new Uint8Array(32).fill(7))
  const supersedes = { id: before, version: 1, digest: unknown }
  const agreement = samplePersonAgreement({ id, supersedes })
  return { agreement, digest: encodeBase64(agreementDigest(agreement)), countersigned: false }
}

/** Under which id a question is counted by a provider with this line. */
async function countedUnder(lineage: readonly KnownAgreement[] | undefined): Promise<string> {
  const { agreement } = after('rent-three', 'rent-two')
  if (agreement.kind !== 'person') assert.fail()
  using exchange = await openExchange({ agreement })
  let counted = ''
  exchange.transport = async ({ headers, body = new Uint8Array() }) => {
    const { authority, ...deps } = exchange.providerDeps
    const request = { method: 'POST', authority, path: '/v1/person-questions', headers, body }
    await serveQuestion(request, {
      ...deps,
      authority,
      ...(lineage === undefined ? {} : { lineage }),
      writer: {
        commit(intent) {
          if (intent.type === 'question') counted = intent.axes.agreement
          return Promise.reject(new Error('the writer is away'))
        },
      },
    })
    throw new Error('nothing comes back')
  }
  const asking = askQuestion(exchange.request(1), exchange.consumerDeps)
  await assert.rejects(asking, { code: 'PEER_UNAVAILABLE' })
  return counted
}

test('a question is counted along the whole line, also across a version that nobody may ask under any more', async () => {
  const line = [after('rent-two', 'rent-one'), after('rent-three', 'rent-two')]
  assert.equal(await countedUnder(line), 'rent-one')
  assert.equal(await countedUnder(undefined), 'rent-two', 'what is in force alone would restart it')
})
