/** The person's pages, in English. */
export const person = {
  'disclosures.title': 'Who asked about you',
  'disclosures.lead':
    '{count, plural, =0 {Nobody has asked about you.} one {# question was asked about you; {refused, plural, =0 {it was answered} other {it was refused}}.} other {# questions were asked about you; {refused, plural, =0 {none was} one {# was} other {# were}} refused.}}',
  'chain.title': 'Is anything missing?',
  'chain.text':
    'Each agency commits, at regular times, to the end of its list about every person. Your browser checks that yours reaches that end without a gap.',
  'chain.holds': '{name}: these are all entries up to {when}.',
  'chain.fails': '{name}: entries are missing, or the list was changed.',
  'chain.waits': '{name}: right so far; a witness has not covered it yet.',
  'chain.unshown': '{name}: nothing shows whether entries are missing.',
  'chain.unchecked': '{name}: not checked in this browser yet.',
  'disclosures.keep': 'Keep it',
  'disclosures.keepText':
    'The file holds everything on this page with its proofs. With it you can show later, to anyone, what was asked about you, even if the agencies deny it.',
  'disclosures.download': 'Download everything with proofs',
  'disclosures.limit.withheld':
    'Questions whose notice a court or an authority has withheld for a time. They are counted in public, and appear here when that time is over.',
  'disclosures.limit.outside': 'What agencies tell each other without Cloison.',
  'disclosures.limit.values':
    'What the answers were. The log holds the names of facts, never their values; ask the agency for those.',
  'disclosure.asked': 'Asked',
  'disclosure.facts': 'Facts asked for',
  'disclosure.purpose': 'Why',
  'disclosure.law': 'Law',
  'disclosure.refused': 'Refused because',
  'disclosures.sealed':
    '{count, plural, one {# question was asked in another person’s case, in which you appear.} other {# questions were asked in other persons’ cases, in which you appear.}} To protect them, you see who asked, why, under which law and when.',
  'disclosure.sealed':
    'You appear in another person’s case. To protect that person, no more is told here; an inspector can open the entry.',
  'disclosure.sealedHolds':
    'In the log, and sealed to protect another person: what this page tells of it is the agency’s word.',
  'proofs.title': 'Check the proofs',
  'proofs.lead':
    'Every entry about you comes with a receipt. Your own browser checks it here, without asking the agencies.',
  'proofs.what': 'What is checked',
  'proofs.check.opening':
    'The record that this page shows is the one that the entry was made from.',
  'proofs.check.inclusion': 'The entry stands in the log, at the place that the receipt names.',
  'proofs.check.signature': 'The agency signed the log with that entry in it.',
  'proofs.check.witness':
    'That log and the one everybody sees today are one and the same, and witnesses signed it.',
  'proofs.yourself': 'Check it without this page',
  'proofs.yourselfText':
    'Download the file, take it to any computer, and run this command there. It needs no network and no account.',
} as const
