import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProblemCode as LogProblemCode } from '../../log/verify/index.ts'
import { refusalCodes } from '../../population/index.ts'
import { problemCodes } from '../../protocol/index.ts'
import {
  createFixtureBackend,
  createFixturePages,
  createPageClient,
  fixtureOrganisations,
} from '../../testing/web/index.ts'
import type { PageClient, VisitedPage } from '../../testing/web/index.ts'
import { abuseKinds, cheatKinds } from '../demo-backend.ts'
import { languages, wordsOf } from '../messages/words.ts'
import { codeText, outcomeText } from './outcome-text.ts'

const port = 8400
const site = `http://localhost:${port}`
/** A code as programs write it, or what they call an answer. */
const raw = /[A-Z]{3,}_[A-Z]|\bpermit\b|\b(?:CASE|MALFORMED|FORKED)\b/

/** Every code of the verifier, so that one more does not compile without its words being looked for. */
const logProblems: Readonly<Record<LogProblemCode, true>> = {
  CHECKPOINT_MISSING: true,
  CHECKPOINT_MALFORMED: true,
  CHECKPOINT_ORIGIN: true,
  CHECKPOINT_UNSIGNED: true,
  CHECKPOINT_SIGNATURE: true,
  CHECKPOINT_SIGNER: true,
  CHECKPOINT_REPEATED_SIGNER: true,
  CHECKPOINT_REVERTED: true,
  QUORUM_NOT_MET: true,
  FORKED: true,
  ROOT_MISMATCH: true,
  TILE_MISSING: true,
  TILE_WRONG: true,
  BUNDLE_MISSING: true,
  BUNDLE_MALFORMED: true,
  ENTRY_WRONG: true,
  ENTRY_FORMAT: true,
  OPENING_MISSING: true,
  OPENING_WRONG: true,
  OPENING_UNEXPECTED: true,
  ENTRY_AFTER_CLOSE: true,
  EPOCH_INCONSISTENT: true,
  COUNTS_MALFORMED: true,
  COUNTS_LEAVES: true,
  COUNTS_GAP: true,
  COUNTS_SUM: true,
  FILE_UNEXPECTED: true,
  TOO_MANY_PROBLEMS: true,
}

test('every code that can stop an attempt has words in every language', () => {
  const codes = [...problemCodes, ...refusalCodes, ...Object.keys(logProblems), 'nothing']
  for (const language of languages) {
    const words = wordsOf(language, 'UTC')
    for (const code of codes) {
      const text = codeText(words, code)
      assert.doesNotMatch(text, raw, `${language} ${code}`)
      assert.ok(!text.includes(code), `${language} ${code}`)
    }
  }
  assert.match(codeText(wordsOf('fr', 'UTC'), 'NEW_CODE'), /NEW_CODE/)
})

test('a reply names its cap and its entry, and how often it came', () => {
  const context = { words: wordsOf('fr', 'UTC'), organisations: fixtureOrganisations }
  const entry = { organisation: 'housing', index: 5 }
  assert.equal(
    outcomeText(context, {
      kind: 'replies',
      replies: [
        { code: 'permit', times: 9 },
        { code: 'CASE_REQUIRED', times: 1, entry },
      ],
    }),
    'Répondue ×9 · Refusée. Il n’y a pas de dossier pour cette question. Entrée 5 du journal : Agence du logement.',
  )
})

function trailOf({ text }: VisitedPage): string {
  return /<div class="app-verdict[\s\S]*?<h2[^>]*>[\s\S]*?(?=<h2)/.exec(text)?.[0] ?? ''
}

async function attempt(client: PageClient, from: string, value: string): Promise<VisitedPage> {
  const page = await client.get(`${site}${from}`)
  const field = from === '/' ? 'cheat' : 'abuse'
  const first = await client.send(page, { [field]: value })
  // Putting older files back is shown while it runs.
  return first.text.includes('<progress') ? client.get(first.url) : first
}

test('what came of every cheat and every replay is said in the language of the page', async () => {
  for (const language of languages) {
    const client = createPageClient(
      createFixturePages({
        backend: createFixtureBackend(),
        port,
        assets: new Map(),
        onFailure: () => undefined,
      }),
    )
    await client.get(`${site}/?lang=${language}`)
    for (const [from, value] of [
      ...cheatKinds.map((kind) => ['/', kind] as const),
      ...abuseKinds.map((kind) => ['/abuses', kind] as const),
    ]) {
      const trail = trailOf(await attempt(client, from, value))
      assert.ok(trail.includes('app-verdict__value'), value)
      assert.doesNotMatch(trail, /lang="en"/, `${language} ${value}`)
      assert.doesNotMatch(trail.replaceAll(/<[^>]*>/g, ' '), raw, `${language} ${value}`)
    }
  }
})
