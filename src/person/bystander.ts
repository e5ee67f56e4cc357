import { canonicalJson } from '../bytes/index.ts'
import { bystanderMarks, type EntryMarks } from '../log/index.ts'
import type { CaseTokenClaims, QuestionCore, TokenState } from '../protocol/index.ts'

/**
 * Whether the case source says that the person of a question appears in the case because of somebody else
 * (`spec/bystander.md`). A token that is too old permits nothing and still protects; one about another person or
 * case says nothing about this one.
 */
export function isBystander(
  token: TokenState<CaseTokenClaims>,
  { subject, case: { reference } }: Pick<QuestionCore, 'subject' | 'case'>,
): boolean {
  if (token.state !== 'valid' && token.state !== 'expired') return false
  const { claims } = token
  if (claims === undefined) return false
  const isAbout = canonicalJson({ ...claims.subject }) === canonicalJson({ ...subject })
  return claims.bystander === true && isAbout && claims.case === reference
}

/** The marks of an entry about such a person, and none of any other. */
export function marksOf(isOfBystander: boolean | undefined): EntryMarks | undefined {
  return isOfBystander === true ? bystanderMarks : undefined
}
