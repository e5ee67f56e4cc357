import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reasonKeys, reasonText } from './check-reasons.ts'
import { languages, wordsOf } from './messages/words.ts'

test('each reason is a sentence of the language, with its code where something does not hold', () => {
  const texts = languages.map((language) => {
    const words = wordsOf(language, 'UTC')
    const said = Object.fromEntries(reasonKeys.map((key) => [key, words.t(key)]))
    return [reasonText('witnessed', said), reasonText('CHAIN_GAP', said)]
  })
  assert.deepEqual(texts, [
    [
      'In the log, under a state of it that enough witnesses have cosigned',
      'An entry is missing, was added, or does not follow the one before it (CHAIN_GAP)',
    ],
    [
      'Dans le journal, sous un état de celui-ci que suffisamment de témoins ont cosigné',
      'Une entrée manque, a été ajoutée ou ne suit pas celle d’avant (CHAIN_GAP)',
    ],
    [
      'En el diario, bajo un estado de este que han cofirmado suficientes testigos',
      'Falta una entrada, se ha añadido o no sigue a la anterior (CHAIN_GAP)',
    ],
  ])
  assert.equal(reasonText('witnessed', {}), undefined)
})
