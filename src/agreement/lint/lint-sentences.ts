/**
 * What each rule of the lint says, and what it advises, in English. The pages have the same messages in every
 * language, by the same keys: a rule without one does not compile there.
 */
export const lintSentences = {
  'lintSays.interest': 'legitimate interest is no basis for public authorities in their tasks',
  'lintDo.interest':
    'Cite the public task (eu-gdpr:A6-1-e) or legal obligation (eu-gdpr:A6-1-c) and its law.',
  'lintSays.law': 'only the GDPR itself is cited; a public task or obligation rests on another law',
  'lintDo.law': 'Add the ELI or CELEX reference of the law that lays the task down.',
  'lintSays.consent-basis': 'consent to a public authority is rarely freely given',
  'lintDo.consent-basis':
    'Rest the agreement on a law, and keep consent as the safeguard of single elements.',
  'lintSays.no-figure': 'the anticipated results have no figure, and savings must be estimated',
  'lintDo.no-figure': 'Say how many cases or how much money is expected, and why.',
  'lintSays.reason':
    'the justification does not say why the purpose cannot be reached without the question',
  'lintDo.reason':
    'Say what is decided, why the answer is needed for it, and why the person cannot simply show it.',
  'lintSays.verification': 'the verification says little about how a wrong answer is found',
  'lintDo.verification':
    'Say who compares the answer with what, and that the person is heard before it counts.',
  'lintSays.assessment': 'the reference names no number or date, so nobody can find the assessment',
  'lintDo.assessment': 'Cite the assessment by its number or date, and the section.',
  'lintSays.value': '{element} gives the value away where a yes or no may be enough',
  'lintDo.value':
    'Ask a predicate, such as "below 24000"; keep the value only if the decision needs it.',
  'lintSays.protected':
    '{element} is {category}: every single question needs the person’s own consent',
  'lintDo.protected':
    'See that people can refuse without losing what they applied for, or leave it out.',
  'lintSays.many': '{count} elements together describe a person',
  'lintDo.many':
    'Divide them among agreements of one purpose each, or leave out what no decision needs.',
  'lintSays.range': 'two thresholds on {source} tell a range, which is more than a yes or no',
  'lintDo.range': 'Keep the one threshold that the decision turns on.',
  'lintSays.contest': '{days} days leave the person little time to contest an answer',
  'lintDo.contest': 'Leave {least} days before an answer may count against the person.',
  'lintSays.notice':
    'people are not told; every withheld notice needs an order, is counted in public, and opens by itself',
  'lintDo.notice':
    'Name the provision that allows secrecy, not only the law, and choose the earliest possible date.',
  'lintSays.presence': 'an answer also tells whether the register holds the person at all',
  'lintDo.presence': 'Write "hidden" unless the decision needs to know that.',
  'lintSays.caps':
    'about {people} people in all, and {most} of them in 30 days: the cap hardly limits',
  'lintDo.caps': 'Write {ample} or less, twice the expected month.',
  'lintSays.retention': 'answers are kept {days} days',
  'lintDo.retention':
    'Keep answers until the decision stands, at most a year, or say why not in the justification.',
  'lintSays.never':
    'the time lock of {days} days passes after the last day, so nothing will ever be answered',
  'lintDo.never': 'Choose a later last day.',
  'lintSays.late':
    'published today, its time lock of {days} days ends on {day}; nothing is answered before',
  'lintDo.late': 'Leave it, or let the first day be the one on which questions will be answered.',
  'lintSays.long': 'the term is longer than a year',
  'lintDo.long': 'Let it run a year, and renew with what was learned.',
} as const
