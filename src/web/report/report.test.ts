import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ann, make, usualOrganisation } from '../../../tests/attack/report-organisation.ts'
import {
  type ReportContent,
  reportKinds,
  reportTopics,
  type ReportValue,
} from '../../oversight/index.ts'
import { catalogues, languages, wordsOf } from '../messages/words.ts'
import { reportDocument } from './report-document.ts'
import { reportText } from './report-text.ts'

const reportFamilies = [
  'reportKind',
  'reportTitle',
  'reportLabel',
  'reportState',
  'reportCategory',
  'reportEntry',
  'reportSays',
]

function termIds(value: ReportValue): readonly string[] {
  if (value.is === 'list') return value.items.flatMap(termIds)
  if (value.is !== 'term') return []
  const { family, id } = value
  if (family === 'sentence') return [`reportSays.${id}`]
  if (family === 'state') return [`reportState.${id}`]
  if (family === 'category') return [`reportCategory.${id}`]
  return family === 'kind' ? [`reportEntry.${id}`] : []
}

/** The messages that a report asks for. */
function asked({ sections }: ReportContent): readonly string[] {
  return sections.flatMap(({ title, facts, table }) => [
    `reportTitle.${title}`,
    ...facts.flatMap(({ label, value }) => [`reportLabel.${label}`, ...termIds(value)]),
    ...(table?.columns ?? []).map((column) => `reportLabel.${column}`),
    ...(table?.rows ?? []).flatMap((row) => row.flatMap((value) => termIds(value))),
  ])
}

test('whatever a report says has words', async () => {
  const organisation = await usualOrganisation()
  const keys: readonly string[] = Object.keys(catalogues.en)
  for (const kind of reportKinds) {
    const { content } = await make(organisation, kind)
    const missing = [...asked(content), `reportKind.${kind}`].filter((key) => !keys.includes(key))
    assert.deepEqual(missing, [], kind)
  }
})

test('every word of reports is one that some report says', () => {
  const folder = join(import.meta.dirname, '../../oversight/reports')
  const files = globSync('**/*.ts', { cwd: folder }).filter((path) => !path.includes('.test.'))
  const agreement = join(import.meta.dirname, '../../agreement')
  const sources = [
    ...files.map((path) => join(folder, path)),
    join(agreement, 'agreement-standing.ts'),
    join(agreement, 'data-element.ts'),
  ].map((path) => readFileSync(path, 'utf8'))
  const text = sources.join('\n')
  const unused = Object.keys(catalogues.en)
    .filter((key) => reportFamilies.some((family) => key.startsWith(`${family}.`)))
    .map((key) => key.slice(key.indexOf('.') + 1).replace(/^measure-/, ''))
    .filter((id) => !text.includes(`'${id}'`))
  assert.deepEqual(unused, [])
  assert.ok(!text.includes("'no-such-word'"), 'the twin')
})

test('a document has its language, headings in order, named columns, and nothing from elsewhere', async () => {
  const organisation = await usualOrganisation()
  for (const language of languages) {
    for (const kind of reportKinds) {
      const file = await make(organisation, kind)
      const words = wordsOf(language, 'UTC')
      const html = reportDocument({ file, content: file.content, words })
      assert.match(html, new RegExp(`^<!DOCTYPE html><html lang="${language}">`))
      assert.equal(html.match(/<h1>/g)?.length, 1)
      assert.doesNotMatch(html, /<script|<link|src=|url\(|https?:\/\/(?!data\.europa)/)
      const tables = html.match(/<table/g)?.length ?? 0
      assert.equal(html.match(/<caption/g)?.length ?? 0, tables)
      assert.equal(html.includes(words.t('report.personal')), reportTopics[kind] === 'person')
    }
  }
})

test('what the law would ask is said in the language of the report, also for a terminal', async () => {
  const file = await make(await usualOrganisation(), 'dpia')
  const { content } = file
  const words = wordsOf('fr', 'UTC')
  const sentence = 'La vérification dit peu de la façon dont une réponse fausse est découverte.'
  assert.ok(reportDocument({ file, content, words }).includes(`>${sentence}<`))
  assert.ok(reportText({ file, content, words }).includes(sentence))
})

test('what an agreement says is text, whatever characters it has', async () => {
  const organisation = await usualOrganisation()
  const file = await make(organisation, 'matching')
  const said = JSON.stringify(file.content).replace('Rent support depends', '<script>alert(1)//')
  const content: ReportContent = JSON.parse(said)
  const html = reportDocument({ file, content, words: wordsOf('en', 'UTC') })
  assert.ok(html.includes('&lt;script>alert(1)//') && !html.includes('<script'))
})

test('the text for a terminal says the same figures', async () => {
  const organisation = await usualOrganisation()
  const file = await make(organisation, 'accounting')
  const text = reportText({ file, content: file.content, words: wordsOf('en', 'UTC') })
  assert.match(text, /^Accounting of disclosures \(5 U\.S\.C\. 552a\(c\)\)\ntax\n/)
  assert.match(text, /Answered \(5 U\.S\.C\. 552a\(c\)\(1\)\): 4\n/)
  assert.match(text, /Recipient: housing \| Agreement: housing-tax-rent v1/)
  assert.ok(!text.includes(ann.value))
})
