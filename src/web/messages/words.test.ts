import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { TYPE } from '@formatjs/icu-messageformat-parser'
import { h } from 'preact'
import { renderToStaticMarkup } from 'preact-render-to-string'
import {
  changeSentences,
  legalBases,
  lintSentences,
  problemSentences,
  purposes,
} from '../../agreement/index.ts'
import { problemCodes } from '../../protocol/index.ts'
import { doctorSentences, gateSentences, linkSentences, type Said } from '../../sentences/index.ts'
import { abuseKinds, cheatKinds } from '../demo-backend.ts'
import { signInRoles } from '../sign-in/identity-port.ts'
import { purposeId } from '../vocabulary.ts'
import { catalogues, languages, pickLanguage, wordsOf } from './words.ts'
import { saying } from './saying.ts'
import type { Catalogue, Language, MessageKey } from './words.ts'

type Ast = ReturnType<IntlMessageFormat['getAst']>

/** The names that a message is filled with; those of tags in angle brackets. */
function argumentsOf(ast: Ast): string[] {
  return ast.flatMap((element) => {
    const isArgument = 'value' in element && element.type !== TYPE.literal
    const own = isArgument ? [element.value] : []
    const inner = 'children' in element ? argumentsOf(element.children) : []
    const options = 'options' in element ? Object.values(element.options) : []
    const tag = 'children' in element ? [`<${own[0] ?? ''}>`] : own
    return [...tag, ...inner, ...options.flatMap((option) => argumentsOf(option.value))]
  })
}

function argumentNames(message: string, language: Language): string {
  const ast = new IntlMessageFormat(message, language).getAst()
  return [...new Set(argumentsOf(ast))].toSorted().join(' ')
}

/** What is wrong with a catalogue beside the English one. */
function flaws(catalogue: Readonly<Record<string, string>>, language: Language): string[] {
  const wrong: string[] = []
  for (const key of Object.keys(catalogues.en)) {
    if ((catalogue[key] ?? '').trim() === '') wrong.push(`${key}: no text`)
  }
  for (const [key, message] of Object.entries(catalogue)) {
    const source = (catalogues.en as Readonly<Record<string, string>>)[key]
    if (source === undefined) wrong.push(`${key}: not in English`)
    else if (argumentNames(message, language) !== argumentNames(source, 'en')) {
      wrong.push(`${key}: other arguments than in English`)
    }
    if (message.includes("'")) wrong.push(`${key}: an apostrophe that ICU takes for a quote`)
  }
  return wrong
}

for (const language of languages) {
  test(`${language} has every message, with the same arguments`, (t) => {
    assert.deepEqual(flaws(catalogues[language], language), [])
    t.diagnostic(`${Object.keys(catalogues[language]).length} messages`)
  })
}

test('a missing message, another argument and a straight apostrophe are each found', () => {
  const { 'lintSays.value': _rule, ...unruled } = catalogues.fr
  assert.deepEqual(flaws(unruled, 'fr'), ['lintSays.value: no text'])
  const { 'form.continue': _left, ...without } = catalogues.fr
  assert.deepEqual(flaws(without, 'fr'), ['form.continue: no text'])
  const renamed: Catalogue = { ...catalogues.fr, 'need.about': 'Sur {nom}' }
  assert.deepEqual(flaws(renamed, 'fr'), ['need.about: other arguments than in English'])
  const quoted: Catalogue = { ...catalogues.fr, 'form.change': "l'autre" }
  assert.equal(flaws(quoted, 'fr').length, 1)
})

const families = [
  'code',
  'next',
  'purpose',
  'law',
  'element',
  'outcome',
  'cap',
  'process',
  'disposal',
  'who',
  'restore',
  'tableCode',
  'notCovered',
  'statistic',
  'measure',
  'quantileSet',
  'budgetAccount',
  'method',
  'legalLine',
  'numberName',
  'deskProblem',
  'leg',
  'joinStop',
  'reportAbout',
  'reportRule',
  'reportCode',
  // What they are used for is tested in report/report.test.ts.
  'reportKind',
  'reportTitle',
  'reportLabel',
  'reportState',
  'reportCategory',
  'reportEntry',
  'reportSays',
  'agreementState',
  'agreementKind',
  'agreementEvent',
  'category',
  'valueType',
  'act',
  'actTitle',
  'actEffect',
  'officeCode',
  'member',
  'lint',
  'signal',
  'signalMeaning',
  'verdict',
  'verdictText',
  'keyUse',
  'ask',
  'keyState',
  'job',
  'gapKind',
  'gapStep',
  'reconcileFault',
  'inspectedSignal',
  'inspectedVerdict',
  'drawState',
  'drawFault',
  'adminAct',
  'requestKind',
  'requestGrant',
  'requestState',
  'requestLaw',
  'requestRefusal',
  'sort',
  'signer',
  'tableState',
  // Said by rules; that each is said is tested below.
  'lintSays',
  'lintDo',
  'changeSays',
  'problemSays',
  'problemDo',
  'doctorSays',
  'doctorDo',
  'linkSays',
  'gateSays',
]

/** Keys that are put together in the source, and what they can come to. */
const composed = [
  ...['fresh', 'late', 'stopped'].flatMap((state) => [`status.${state}`, `head.${state}`]),
  ...['ask', 'answer', 'witness', 'person', 'verify', 'cheat'].flatMap((step) =>
    ['title', 'text', 'link'].map((part) => `story.${step}.${part}`),
  ),
  ...cheatKinds.flatMap((kind) => [`cheat.${kind}.title`, `cheat.${kind}.text`]),
  ...abuseKinds.flatMap((kind) =>
    ['title', 'there', 'here', 'source'].map((part) => `abuse.${kind}.${part}`),
  ),
  ...[...signInRoles, 'public', 'verify'].flatMap((role) => [
    `door.${role}.title`,
    `door.${role}.text`,
  ]),
  ...['opening', 'inclusion', 'signature', 'witness'].map((check) => `proofs.check.${check}`),
  ...['missing', 'method', 'form', 'failure', 'starting'].flatMap((kind) => [
    `error.${kind}.title`,
    `error.${kind}.text`,
  ]),
  ...signInRoles.flatMap((role) => [`role.${role}`, `site.${role}`, `signIn.${role}`]),
  ...['UNKNOWN', 'REJECTED', 'TOO_OLD', 'ROLE', 'UNAVAILABLE'].map(
    (code) => `signIn.SIGN_IN_${code}`,
  ),
  ...['given', 'declined'].map((decision) => `consent.${decision}`),
  ...['given', 'declined', 'expired'].map((state) => `consent.is.${state}`),
  ...['waiting', 'received', 'unknown'].map((state) => `request.told.${state}`),
  ...['notMine', 'noLaw', 'tooMuch', 'wrong', 'noReply', 'other'].map(
    (reason) => `complaint.reason.${reason}`,
  ),
  ...['holds', 'warns', 'fails'].map((verdict) => `joinProof.${verdict}`),
  'site.public',
  // Said by the demo's log-in about its people.
  ...['analyst', 'dpo', 'inspector', 'admin'].map((role) => `logIn.can.${role}`),
]

function unusedKeys(sources: string): string[] {
  return Object.keys(catalogues.en).filter((key) => {
    const ofFamily = families.some((family) => key.startsWith(`${family}.`))
    return !ofFamily && !composed.includes(key) && !sources.includes(`'${key}'`)
  })
}

test('every message is used by some page', () => {
  const folder = join(import.meta.dirname, '..')
  const files = globSync('**/*.ts', { cwd: folder }).filter(
    (path) => !path.startsWith('messages/') && !path.endsWith('.test.ts'),
  )
  const words = readFileSync(join(folder, 'messages/words.ts'), 'utf8')
  const sources = files.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n') + words
  assert.deepEqual(unusedKeys(sources), [])
  assert.deepEqual(unusedKeys(sources.replaceAll("'form.continue'", '')), ['form.continue'])
})

/** Sentences of the rules' tables that nothing in `sources` says. */
function unsaid(sources: string): string[] {
  const tables = [
    changeSentences,
    doctorSentences,
    gateSentences,
    linkSentences,
    lintSentences,
    problemSentences,
  ]
  return tables.flatMap((table) =>
    Object.keys(table).filter((id) => {
      const [family = '', rule = ''] = id.split('.')
      const calls = family.startsWith('lint') ? [`finding('${rule}'`] : [`'${id}'`]
      // Members whose every change is wider are said by their name.
      const members = family === 'changeSays' ? [`  '${rule}',\n`] : []
      const inSchema = family === 'problemSays' ? [`problemSentences['${id}']`] : []
      return ![...calls, ...members, ...inSchema].some((one) => sources.includes(one))
    }),
  )
}

test('every sentence of a rule is said by one', () => {
  const folder = join(import.meta.dirname, '../..')
  const files = globSync(['agreement/**/*.ts', 'node/**/*.ts'], { cwd: folder }).filter(
    (path) => !path.endsWith('-sentences.ts') && !path.endsWith('.test.ts'),
  )
  const sources = files.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n')
  assert.deepEqual(unsaid(sources), [])
  assert.deepEqual(unsaid(sources.replaceAll("finding('caps'", '')), [
    'lintSays.caps',
    'lintDo.caps',
  ])
})

test('what a rule says is a sentence of the page, in its language; what a program said is marked English', () => {
  const french = wordsOf('fr', 'America/New_York')
  const text = (said: Said<MessageKey>): string =>
    renderToStaticMarkup(h('p', null, saying(french, said)))
  assert.equal(
    text({ id: 'lintSays.protected', values: { element: 'care_degree', category: 'special' } }),
    '<p>« Degré de soins » est de la catégorie « catégorie particulière (RGPD 9) » : chaque question exige le consentement de la personne elle-même.</p>',
  )
  assert.equal(
    text({ id: 'linkSays.record', values: { version: 3, day: '2027-03-01' } }),
    '<p>La version 3 est acceptée et vaut jusqu’au 1 mars 2027.</p>',
  )
  assert.equal(
    text({ id: 'doctorSays.said', values: { said: 'Gone <away>.' } }),
    '<p>Le programme dit, en anglais : <span lang="en">Gone &lt;away>.</span></p>',
  )
  assert.equal(
    text({ id: 'doctorDo.command', values: { command: 'mkdir -p x' } }),
    '<p><code class="app-code app-anywhere">mkdir -p x</code></p>',
  )
})

test('every purpose, law and code of the agreements has words, and every refusal a next step', () => {
  const words = wordsOf('en', 'UTC')
  const nameless = [
    ...purposes.filter(({ iri }) => words.find('purpose', purposeId(iri)) === undefined),
    ...legalBases.filter((basis) => words.find('law', basis) === undefined),
    ...problemCodes.filter((code) => words.find('code', code) === undefined),
    ...problemCodes.filter((code) => words.find('next', code) === undefined),
  ]
  assert.deepEqual(nameless, [])
})

test('an id without words is made readable, never hidden', () => {
  assert.equal(wordsOf('en', 'UTC').named('element', 'shoe_size'), 'Shoe size')
  assert.equal(wordsOf('fr', 'UTC').named('code', 'NEW_CODE'), 'New code')
})

test('text in another language than the page says in which', () => {
  const words = wordsOf('fr', 'UTC')
  assert.equal(words.local({ en: 'House', fr: 'Maison' }), 'Maison')
  const foreign = words.local({ en: 'House' })
  assert.ok(typeof foreign === 'object')
  assert.deepEqual(foreign.props, { lang: 'en', children: 'House' })
})

test('durations are told in the largest unit that says enough', () => {
  const words = wordsOf('en', 'UTC')
  const told = [0, 12_000, 89_000, 90_000, 3_600_000, 86_400_000, 200_000_000, -5]
  assert.deepEqual(
    told.map((ms) => words.duration(ms)),
    ['0 s', '12 s', '89 s', '2 min', '60 min', '24 h', '2 days', '0 s'],
  )
})

test('dates are written in the language and the time zone of the page', () => {
  const at = 1_790_001_000_000
  assert.equal(wordsOf('en', 'UTC').dateTime(at), '21 September 2026 at 14:30')
  assert.equal(wordsOf('fr', 'Europe/Paris').date(at), '21 septembre 2026')
  assert.equal(wordsOf('es', 'Pacific/Auckland').date(at), '22 de septiembre de 2026')
})

test('the language is chosen by address, cookie, browser, in that order', () => {
  const pick = (query: string | null, cookie?: string, accept?: string): Language =>
    pickLanguage({ query, cookie, accept })
  assert.equal(pick('es', 'fr', 'en'), 'es')
  assert.equal(pick(null, 'fr', 'es'), 'fr')
  assert.equal(pick(null, undefined, 'de-AT,fr;q=0.8'), 'fr')
  assert.equal(pick('xx', 'yy', 'zz'), 'en')
})

/** Words with which Spanish speaks to somebody as *tú*; the third person has none of them. */
const familiar =
  /\b(tú|tus?|ti|contigo|has|puedes|quieres|tienes|eres|tendrás|\w+aste|elígelo|inténtalo|hazlo)(?!\w)/iu
/** An order to *tú* at the beginning of a sentence; inside of one it may be the third person. */
const familiarOrder = /(^|[.:!?] )(Elige|Escribe|Revisa|Descarga|Haz|Lee|Mira|Abre) /u

test('Spanish says usted on every page', () => {
  for (const [key, message] of Object.entries(catalogues.es)) {
    assert.doesNotMatch(message, familiar, key)
    assert.doesNotMatch(message, familiarOrder, key)
  }
  assert.match('Con tus palabras', familiar)
  assert.match('Solo una. Elige una decisión', familiarOrder)
})

/** Second words for one thing: the log's entries, agreements and keys have one name in each language. */
const secondWords: Partial<Record<Language, RegExp>> = {
  fr: /\b(écritures?|conventions?)\b/iu,
  es: /\b(asientos?|convenios?|llaves?|cabeceras?)\b/iu,
}

test('one thing has one word in each language', () => {
  for (const language of languages) {
    const wrong = secondWords[language]
    for (const [key, message] of Object.entries(catalogues[language]))
      if (wrong !== undefined) assert.doesNotMatch(message, wrong, `${language} ${key}`)
  }
  assert.match('Cet accord, ou cette convention', secondWords.fr ?? /^$/)
})
