import { englishOf, type HolesOf, type Said } from '../../sentences/index.ts'
import { lintSentences } from './lint-sentences.ts'

/** What a lint rule has to say. A rule that an agreement breaks is no finding: it does not compile. */
export interface LintFinding {
  /** Stable; see docs/reference/agreement-draft.md. */
  readonly code: LintCode
  /** `warning`: likely unlawful or unwise as it stands. `advice`: lawful, and could be better. */
  readonly severity: 'warning' | 'advice'
  /** The provisions that the finding rests on. */
  readonly law: string
  /** Member of the agreement, joined by dots. */
  readonly path: string
  /** In English. */
  readonly message: string
  /** What to do, in English. */
  readonly advice: string
  /** {@link message} and {@link advice} in no language. */
  readonly said: {
    readonly message: Said<LintSentence>
    readonly advice: Said<LintSentence>
  }
}

/** Codes of findings, each in `docs/reference/agreement-draft.md`. */
export const lintCodes = [
  'LINT_NECESSITY',
  'LINT_MINIMISATION',
  'LINT_CONSENT',
  'LINT_LEGAL_BASIS',
  'LINT_LEGAL_REFERENCE',
  'LINT_CONTEST',
  'LINT_RETENTION',
  'LINT_NOTICE',
  'LINT_PRESENCE',
  'LINT_VERIFICATION',
  'LINT_IMPACT_ASSESSMENT',
  'LINT_CAPS',
  'LINT_TERM',
] as const

/** Code of a finding. */
export type LintCode = (typeof lintCodes)[number]

/** Key of a sentence that the lint says. */
export type LintSentence = keyof typeof lintSentences

/** One thing that the lint looks at. */
export type LintRule = LintSentence extends `${'lintSays' | 'lintDo'}.${infer Rule}` ? Rule : never

/** Each rule with its code and the provisions that it rests on. */
const lintRules: Readonly<Record<LintRule, readonly [code: LintCode, law: string]>> = {
  interest: ['LINT_LEGAL_BASIS', 'GDPR 6(1), second subparagraph'],
  law: ['LINT_LEGAL_REFERENCE', 'GDPR 6(3)'],
  'consent-basis': ['LINT_CONSENT', 'GDPR 7(4) and recital 43'],
  'no-figure': ['LINT_NECESSITY', '5 U.S.C. 552a(o)(1)(B)'],
  reason: ['LINT_NECESSITY', 'GDPR 5(1)(c), 5(2); 5 U.S.C. 552a(o)(1)(A), (B)'],
  verification: ['LINT_VERIFICATION', 'GDPR 22(3); 5 U.S.C. 552a(o)(1)(E), (p)(1)'],
  assessment: ['LINT_IMPACT_ASSESSMENT', 'GDPR 35(1), 35(7)'],
  value: ['LINT_MINIMISATION', 'GDPR 5(1)(c), 25(2)'],
  protected: ['LINT_CONSENT', 'GDPR 9(2)(a), 10; 7(3)'],
  many: ['LINT_MINIMISATION', 'GDPR 5(1)(c); 5 U.S.C. 552a(e)(1)'],
  range: ['LINT_MINIMISATION', 'GDPR 5(1)(c)'],
  contest: ['LINT_CONTEST', 'GDPR 12(3), 16, 21; 5 U.S.C. 552a(p)(1)(C), (p)(3)'],
  notice: ['LINT_NOTICE', 'GDPR 14(5), 23(1), 23(2)(h); 5 U.S.C. 552a(o)(1)(D)'],
  presence: ['LINT_PRESENCE', 'GDPR 5(1)(c)'],
  caps: ['LINT_CAPS', 'GDPR 5(1)(c), 32(1); 5 U.S.C. 552a(o)(1)(G)'],
  retention: ['LINT_RETENTION', 'GDPR 5(1)(e); 5 U.S.C. 552a(o)(1)(F), (I)'],
  never: ['LINT_TERM', 'GDPR 5(1)(e); 5 U.S.C. 552a(o)(2)(B), (C)'],
  late: ['LINT_TERM', 'GDPR 5(1)(e); 5 U.S.C. 552a(o)(2)(B), (C)'],
  long: ['LINT_TERM', '5 U.S.C. 552a(o)(2)(C), (D)'],
}

type TextOf<Rule extends LintRule> = (typeof lintSentences)[`lintSays.${Rule}` | `lintDo.${Rule}`]

/** What `rule` finds at a member of the agreement. */
export function finding<Rule extends LintRule>(
  rule: Rule,
  at: Pick<LintFinding, 'severity' | 'path'>,
  values: HolesOf<TextOf<Rule>>,
): LintFinding {
  const [code, law] = lintRules[rule]
  const message: Said<LintSentence> = { id: `lintSays.${rule}`, values }
  const advice: Said<LintSentence> = { id: `lintDo.${rule}`, values }
  return {
    code,
    severity: at.severity,
    law,
    path: at.path,
    message: englishOf(lintSentences, message),
    advice: englishOf(lintSentences, advice),
    said: { message, advice },
  }
}
