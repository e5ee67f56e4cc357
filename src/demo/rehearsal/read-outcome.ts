import type { PersonCommitted } from '../../person/index.ts'
import { parseTlogProof } from '../../log/verify/index.ts'
import { parsePersonAnswer, parsePersonDenial } from '../../protocol/index.ts'

/** Where a question's entry stands, and why it was denied, if it was. */
export function readOutcome(committed: PersonCommitted): {
  readonly index: number
  readonly denial: string | undefined
} {
  if (committed.type !== 'question') throw new TypeError('the writer answered another intent')
  const { status, body } = committed
  if (status === 200)
    return { index: parseTlogProof(parsePersonAnswer(body).inclusion).index, denial: undefined }
  const { inclusion, code, cap } = parsePersonDenial(body)
  return { index: parseTlogProof(inclusion).index, denial: cap ?? code }
}
