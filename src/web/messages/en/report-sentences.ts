/** Sentences that reports say, in English. */
export const reportSentences = {
  'reportSays.attribute': 'the value itself',
  'reportSays.predicate': 'yes or no alone',
  'reportSays.needs-consent': 'only with the person’s own consent',
  'reportSays.notice-tables':
    'Nobody in particular is asked about, so nobody is told; the tables are public.',
  'reportSays.notice-immediate': 'The person sees every question at once on their own page.',
  'reportSays.notice-withheld':
    'Withheld by an order of an authority, counted in public, open by itself at its end at the latest',
  'reportSays.contest':
    'The person has this long to contest before an answer may count against them',
  'reportSays.contest-tables': 'Nothing is decided about anybody by a table.',
  'reportSays.security':
    'Each question and answer is signed, sealed in transit, and an entry of both logs before any of it leaves; every entry can be proven.',
  'reportSays.no-redisclosure': 'Under the agreement answers are never passed on.',
  'reportSays.return':
    'Under the agreement an answer is used in its case alone, and is not copied into another register.',
  'reportSays.accuracy':
    'The provider answers from its own register at the time of the question; corrections are told to every earlier recipient.',
  'reportSays.comptroller':
    'The Comptroller General may have access to all records that are needed to monitor compliance.',
  'reportSays.transfers': 'None by Cloison: an answer goes to the recipient alone.',
  'reportSays.rights': 'You may ask for access, correction, erasure and restriction, and object.',
  'reportSays.complaint': 'You may complain to a supervisory authority.',
  'reportSays.sealed':
    'This is about another person’s case: no more is told here, and an inspector can open it.',
  'reportSays.automated': 'Cloison decides nothing about you; an official does.',
  'reportSays.values':
    'The log holds names of facts, never their values. Ask the organisation for a copy of the values.',
  'reportSays.role-provider': 'It holds the register and answers',
  'reportSays.role-consumer': 'It asks',
  'reportSays.measure-one-person':
    'One question is about one person in one open case; no message can ask for a list.',
  'reportSays.measure-case':
    'The case system signs that the case is open, that the official has it and that the person is a party.',
  'reportSays.measure-trace':
    'Every question, also a refused one, is an entry before an answer leaves.',
  'reportSays.measure-caps':
    'Caps on questions and on different people hold in the same step that answers.',
  'reportSays.measure-time-lock': 'Whatever lets more out is public first and waits.',
  'reportSays.measure-witnesses':
    'Independent witnesses sign the log, so that no entry can be taken back.',
  'reportSays.measure-no-copies':
    'The registers stay where they are; one answer moves and no copy of a register.',
  'reportSays.measure-consent':
    'Protected facts are answered only with a consent to that one question, signed by an independent issuer.',
  'reportSays.measure-tables-noise':
    'Tables have noise that hides any one person (differential privacy).',
  'reportSays.measure-budget':
    'A public ledger counts what each table spends, and ends at a yearly limit.',
  'reportSays.measure-notice':
    'The person sees each entry on their own page, with proofs, and that none is missing.',
  'reportSays.measure-register': 'The agreement with all its terms is in the public log.',
  'reportSays.measure-contest':
    'There is time to contest before an answer may count against the person.',
  'reportSays.measure-outside':
    'Nothing here prevents it; the organisation’s own rules and audits have to.',
  'reportSays.risk-list': 'Somebody builds a list of people',
  'reportSays.risk-curiosity': 'An official looks somebody up without need',
  'reportSays.risk-secrecy': 'Somebody hides that a question was asked',
  'reportSays.risk-expansion': 'The use grows without anybody noticing',
  'reportSays.risk-error': 'A wrong or old value counts against the person',
  'reportSays.risk-outside': 'An answer is copied outside of Cloison, or a screen is photographed',
  'reportSays.risk-singling-out': 'Somebody learns of one person from tables',
  'reportSays.breach-consequences':
    'Whoever had the key could see or let through the answers that are counted here. Which facts each was about, each person sees on their own page.',
  'reportSays.breach-measures':
    'A key that is revoked in the directory signs nothing that counts from that entry on.',
  'reportSays.breach-notice':
    'Everyone concerned finds a notice on their own page. Nobody gets a list.',
} as const
