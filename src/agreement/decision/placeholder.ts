/**
 * What people type to get past a form, in the languages of the forms that this product meets, folded as
 * {@link foldedWords} folds. A value that consists of nothing but these is not one. Closed: `spec/decision.md`.
 */
export const placeholderPhrases: readonly string[] = `
failed to provide, not provided, not available, not applicable, not known, not given, not stated, not recorded
not disclosed, no answer, no data, no address, no fixed abode, no fixed address, no phone, no telephone, no employer
to be confirmed, to be determined, to be announced, same as above, see above, unknown, unavailable, none, nothing, nil
null, void, empty, blank, missing, na, nan, nk, tba, tbc, tbd, undefined, unspecified, undisclosed, refused, declined
test, testing, dummy, sample, example, placeholder, default, foo, bar, asdf, asdfgh, qwerty, qwertz, azerty, lorem
ipsum, any, anything
inconnu, inconnue, neant, aucun, aucune, sans objet, sans adresse, nc, non communique, non communiquee, non renseigne
non renseignee, non disponible, sdf
desconocido, desconocida, ninguno, ninguna, sin datos, sin direccion, no consta, no disponible, no aplica, no procede
vacio, prueba, ns nc
unbekannt, keine, keiner, keine angabe, keine angaben, ohne, leer, entfallt, ka
sconosciuto, sconosciuta, nessuno, nessuna, non noto, vuoto, onbekend, geen, nvt
desconhecido, desconhecida, nenhum, nenhuma, nieznany, brak, okand, ingen, ukjent
`
  .trim()
  .split(/, |\n/)

/** Lower-case words of letters and digits, compatibility forms and accents taken off. */
function foldedWords(value: string): readonly string[] {
  return value
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Phrases with their words joined, since `n/a` and `na` are one. */
const phrases: ReadonlySet<string> = new Set(
  placeholderPhrases.map((phrase) => phrase.replaceAll(' ', '')),
)

/** Whether words, in whatever groups, are phrases of the list and nothing else. */
function arePhrases(words: readonly string[]): boolean {
  if (words.length === 0) return true
  return words.some(
    (_word, index) =>
      phrases.has(words.slice(0, index + 1).join('')) && arePhrases(words.slice(index + 1)),
  )
}

/** Most words that are looked at: so many are a sentence, and no phrase. */
const mostWords = 12

/**
 * Whether an identifier or a supplied value is what people type to get past a form: under two letters or digits,
 * one again and again, a run up or down, or phrases of {@link placeholderPhrases}. Case, accents, spaces
 * and punctuation make no difference.
 */
export function isPlaceholderText(value: string): boolean {
  const words = foldedWords(value)
  const characters = Array.from(words.join(''))
  if (characters.length < 2 || new Set(characters).size === 1) return true
  if (characters.length > 2 && isRun(characters)) return true
  return words.length <= mostWords && arePhrases(words)
}

/** Whether an identifier is one character again and again, a run, or too short to be one. */
export function isPlaceholder(value: string): boolean {
  const characters = Array.from(value)
  return characters.length < 3 || isRun(characters)
}

/** Whether each character is as far from the one before, by one at most; digits go round. */
function isRun(characters: readonly string[]): boolean {
  const steps = new Set(
    characters.slice(1).map((character, index) => step(characters[index] ?? '', character)),
  )
  const [only] = steps
  return steps.size === 1 && only !== undefined && Math.abs(only) <= 1
}

/** How far apart two characters are; digits go round, so that 9 is followed by 0. */
function step(from: string, to: string): number {
  const difference = (to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0)
  if (!/^\d\d$/.test(from + to)) return difference
  if (difference === -9) return 1
  return difference === 9 ? -1 : difference
}
