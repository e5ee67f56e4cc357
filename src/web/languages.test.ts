import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import {
  createFixtureBackend,
  createFixtureConsentPages,
  createFixtureConsents,
  createFixturePages,
  createPageClient,
  pageTexts,
  tourConsents,
  tourPages,
} from '../testing/web/index.ts'
import type { Tour } from '../testing/web/index.ts'
import { make, usualOrganisation } from '../../tests/attack/report-organisation.ts'
import { reportKinds } from '../oversight/index.ts'
import { catalogues, wordsOf } from './messages/words.ts'
import { reportDocument } from './report/report-document.ts'

type Other = 'fr' | 'es'

const port = 8400
const english: Readonly<Record<string, string>> = catalogues.en

/** The pages of an issuer of consent, which are served by another process than all others. */
function tourConsentsIn(language: string): Promise<Tour> {
  const desk = createFixtureConsents()
  const onFailure = (): void => undefined
  const pages = createFixtureConsentPages({ desk, port, assets: new Map(), onFailure })
  return tourConsents({ client: createPageClient(pages), desk, port, language })
}

function tourIn(language: string): Promise<Tour> {
  const backend = createFixtureBackend()
  const onFailure = (): void => undefined
  const client = createPageClient(
    createFixturePages({ backend, port, assets: new Map(), onFailure }),
  )
  return tourPages({
    client,
    port,
    language,
    pendTables: () => backend.desk.setPending(2),
    endJoins: (ending) => backend.joins.endAs(ending),
    endReports: (ending) => backend.reports.endAs(ending),
  })
}

/** The English messages that `language` says otherwise, as far as they have nothing to fill in. */
function foreignMessages(language: Other): ReadonlySet<string> {
  const own: Readonly<Record<string, string>> = catalogues[language]
  const alike = new Set(Object.values(own))
  const texts = Object.entries(english).filter(
    ([key, text]) => own[key] !== text && !alike.has(text) && !/[{<]/.test(text),
  )
  return new Set(texts.map(([, text]) => text))
}

/** A fact and a value of the registers that the tables are about: names as their owner gave them. */
const registerNames = new Set(['Age', 'none'])

/** A sentence in some language, rather than a name, a number or a code: three words that no name has. */
function isProse(text: string): boolean {
  return (text.match(/(?<=^|[\s(«“"])\p{Ll}{2,}(?=[\s,.:;)!?]|$)/gu) ?? []).length >= 3
}

/** A text, and each of its sentences: what stands side by side on a page is one text. */
function withSentences(text: string): readonly string[] {
  return [text, ...text.split(/(?<=[.!?;:]) +/)]
}

/** English inside of what is a name or a number otherwise: how laws are cited. */
const englishCitation = /\bGDPR\b|\bsubparagraph\b|\brecital\b/

/**
 * What a page in `language` says as if it were in that language, and is English: a message of the English catalogue,
 * or prose that the same page says in English word for word.
 */
function leftovers(page: string, inEnglish: string, language: Other): readonly string[] {
  const foreign = foreignMessages(language)
  const own = new Set<string>(Object.values(catalogues[language]))
  const said = new Set(pageTexts(inEnglish).flatMap(({ text }) => withSentences(text)))
  const found = pageTexts(page)
    .filter(({ lang }) => lang === language)
    .flatMap(({ text }) => withSentences(text))
    .filter(
      (text) =>
        foreign.has(text) ||
        englishCitation.test(text) ||
        (said.has(text) && isProse(text) && !own.has(text)),
    )
    .filter((text) => !registerNames.has(text))
  return [...new Set(found)]
}

async function allIn(language: string): Promise<Tour> {
  return new Map([...(await tourIn(language)), ...(await tourConsentsIn(language))])
}

let inEnglish: Tour = new Map()
before(async () => void (inEnglish = await allIn('en')))

for (const language of ['fr', 'es'] as const) {
  test(`nothing English is left on any page in ${language}, unless it is marked`, async (t) => {
    const found = new Map<string, readonly string[]>()
    let pages = 0
    for (const [id, { text, headers }] of await allIn(language)) {
      if (!(headers['content-type'] ?? '').startsWith('text/html')) continue
      pages += 1
      const left = leftovers(text, inEnglish.get(id)?.text ?? '', language)
      if (left.length > 0) found.set(id, left)
    }
    assert.deepEqual(Object.fromEntries(found), {})
    assert.ok(pages > 100)
    t.diagnostic(`${pages} pages`)
  })
}

for (const language of ['fr', 'es'] as const) {
  test(`nothing English is left in any report in ${language}, unless it is marked`, async () => {
    const organisation = await usualOrganisation()
    for (const kind of reportKinds) {
      const file = await make(organisation, kind)
      const { content } = file
      const [inEnglish = '', page = ''] = (['en', language] as const).map((one) =>
        reportDocument({ file, content, words: wordsOf(one, 'UTC') }),
      )
      assert.deepEqual(leftovers(page, inEnglish, language), [], kind)
    }
  })
}

test('an English message, English prose and an English label for readers of screens are each found', () => {
  const page = (body: string): string =>
    `<!DOCTYPE html><html lang="fr"><body><p>Bonjour</p>${body}</body></html>`
  const left = (body: string): readonly string[] => leftovers(page(body), page(body), 'fr')
  assert.deepEqual(left('<p>What the law would ask</p>'), ['What the law would ask'])
  assert.deepEqual(left('<li>it has 3 rows, and no more of them<br></li>'), [
    'it has 3 rows, and no more of them',
  ])
  assert.deepEqual(
    leftovers(
      page('<p>It has 3 rows in all. Très bien.</p>'),
      page('<p>It has 3 rows in all. Well.</p>'),
      'fr',
    ),
    ['It has 3 rows in all.'],
  )
  assert.deepEqual(left('<td>GDPR 6(3)</td>'), ['GDPR 6(3)'])
  assert.deepEqual(left('<img alt="What the law would ask">'), ['What the law would ask'])
  assert.deepEqual(left('<p lang="en">What <b>the law would ask</b></p>'), [])
  assert.deepEqual(left('<p lang="">We were told about this by phone</p><p>Léonie Wall</p>'), [])
  assert.deepEqual(left('<p lang="en">x</p><p>What the law would ask</p>').length, 1)
})

test('the walk sees every address and every state of the pages of an issuer of consent', () => {
  const states = [...inEnglish].flatMap(([id, { status }]) =>
    id.startsWith('consent.') ? [[id, status]] : [],
  )
  assert.deepEqual(Object.fromEntries(states), {
    'consent.front': 200,
    'consent.callback': 403,
    'consent.missing': 404,
    'consent.form': 403,
    'consent.list': 200,
    'consent.request:given': 200,
    'consent.old:given': 200,
    'consent.decided:given': 200,
    'consent.request:declined': 200,
    'consent.old:declined': 200,
    'consent.decided:declined': 200,
    'consent.expired': 200,
    'consent.list:empty': 200,
    'consent.again': 200,
    'consent.failure': 500,
  })
})
