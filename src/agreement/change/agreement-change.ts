import { englishOf, type HolesOf, type Said } from '../../sentences/index.ts'
import { changeSentences } from './change-sentences.ts'

/** Key of a sentence about a change. */
export type ChangeSentence = keyof typeof changeSentences

/** What a change of one member means: less is allowed, or nothing proves that it is less. */
export interface AgreementChange {
  /** Member names and array positions from the root, joined by dots. */
  readonly path: string
  readonly effect: 'narrower' | 'wider'
  /** One sentence for whoever signs, in English. */
  readonly reason: string
  /** {@link reason} in no language. */
  readonly said: Said<ChangeSentence>
}

/** A change of the member at `path`. */
export function changeOf<Id extends ChangeSentence>(
  effect: AgreementChange['effect'],
  path: string,
  id: Id,
  values: HolesOf<(typeof changeSentences)[Id]>,
): AgreementChange {
  const said: Said<ChangeSentence> = { id, values }
  return { path, effect, reason: englishOf(changeSentences, said), said }
}
