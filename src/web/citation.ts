import type { MessageKey, Words } from './messages/words.ts'

/** Words of a citation that differ from language to language; all else of it is numbers and names. */
const citedWords: readonly (readonly [text: string, key: MessageKey])[] = [
  ['GDPR', 'cite.gdpr'],
  ['second subparagraph', 'cite.second'],
  ['and recital', 'cite.recital'],
]

/** A provision as this language cites it: `GDPR 6(3)` is `RGPD 6(3)` in French and in Spanish. */
export function citation(words: Words, law: string): string {
  return citedWords.reduce((text, [word, key]) => text.replaceAll(word, words.t(key)), law)
}
