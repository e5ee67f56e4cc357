/** The demo’s documented abuses, its further attempts to cheat and its front doors, in English. */
export const abuses = {
  'home.abuses':
    'These buttons are made-up attacks. What was done with real registers is replayed on a page of its own.',
  'home.abusesLink': 'Replay documented abuses',
  'home.doors': 'One front door for each role',
  'home.doorsLead':
    'Each door has a host name, a log-in and a session of its own. Ready-made people wait at the log-in.',
  'door.caseworker.title': 'Caseworker',
  'door.caseworker.text': 'Ask one thing about one person, in a case.',
  'door.person.title': 'Person',
  'door.person.text': 'See who asked about you, why and under which law.',
  'door.analyst.title': 'Analyst',
  'door.analyst.text': 'Order a table that names nobody, with its price known beforehand.',
  'door.dpo.title': 'Data protection officer',
  'door.dpo.text': 'Agreements, limits in use, signals and requests of persons.',
  'door.inspector.title': 'Inspector',
  'door.inspector.text': 'Hold both sides against each other without trusting either.',
  'door.admin.title': 'Administrator',
  'door.admin.text': 'How the gateway is. Every act is an entry.',
  'door.public.title': 'Everyone',
  'door.public.text': 'Agreements in force, counts and heads, without a log-in.',
  'door.verify.title': 'Anyone with doubts',
  'door.verify.text': 'Check the logs in the browser or with one command.',
  'cheat.spend-twice.title': 'Spend the last budget twice',
  'cheat.spend-twice.text':
    'Ask for six tables at the same moment, with a privacy budget that is left for one.',
  'cheat.other-purpose.title': 'Use another agreement’s purpose',
  'cheat.other-purpose.text':
    'Ask under one agreement for what it does not name, then for a purpose that belongs to another.',
  'abuse.title': 'It happened. It does not happen here',
  'abuse.lead':
    'Six documented abuses of registers about people, as the press, auditors and courts report them. Each button does the same against the running agencies.',
  'abuse.there': 'What happened there',
  'abuse.here': 'What happens here',
  'abuse.source': 'Source: {source}',
  'abuse.run': 'Run',
  'abuse.caption': 'Replaying what happened',
  'abuse.again': 'Replay another one',
  'abuse.addresses.title': '1.28 million addresses at once',
  'abuse.addresses.there':
    'In August 2025 a tax agency was asked for 1.28 million addresses at once. It answered about 47,300 the next day. A judge counted about 42,695 breaches of the law; placeholders such as “Failed to Provide” had passed as addresses.',
  'abuse.addresses.here':
    'No message names two people. Where somebody lives is told with that person’s consent alone. One by one, each needs a case and counts against the limits.',
  'abuse.addresses.source': 'Center for Taxpayer Rights v. IRS, court and press reports',
  'abuse.victim.title': 'A victim looked up 158 times',
  'abuse.victim.there':
    'In Minnesota, 110 users of 59 agencies looked one murder victim up 158 times within a month. The audit of 2013 found questionable searches by 53 % of 11,000 users. No search needed a reason.',
  'abuse.victim.here':
    'Only those whose case it is may ask, and only so often. Each try is an entry that the person sees.',
  'abuse.victim.source': 'Minnesota Office of the Legislative Auditor, 2013; press reports',
  'abuse.years.title': '3,300 people over 22 months',
  'abuse.years.there':
    'In Denmark one employee of an immigration agency possibly looked up 3,300 people over 22 months before anybody noticed.',
  'abuse.years.here':
    'Nobody is looked up out of curiosity: no case, no answer, from the first person on. Refusals are counted and become a signal.',
  'abuse.years.source': 'Danish press reports',
  'abuse.sold.title': 'Records sold at 30 euros each',
  'abuse.sold.there':
    'In the Netherlands, call-centre staff of the health service sold records for 30 to 50 euros each in 2020 and 2021, and tens of thousands in bulk. Thousands of people could search freely and export.',
  'abuse.sold.here':
    'There is no search and no export: a question names one person and one case, and a table names nobody.',
  'abuse.sold.source': 'NOS, 2021; press reports',
  'abuse.copied.title': 'A live copy that nobody audits',
  'abuse.copied.there':
    'By a whistleblower’s account, a live copy of a register with 548 million numbers was put on a server with two administrators and no verified audit. In January 2026 the agency told a court that it cannot determine what was shared from a third party’s server.',
  'abuse.copied.here':
    'A stolen key answers nothing without the case system’s word. What administrators do is in the log too, and a changed log is found by whoever reads it.',
  'abuse.copied.source':
    'the disclosure as published (an allegation), a court filing of 16 January 2026, press reports',
  'abuse.shared.title': 'Officers who could not be told apart',
  'abuse.shared.there':
    'In Hesse, threats followed queries in the police’s own systems. Officers could not be identified, since they shared log-ins; one singer was queried 83 times during a concert.',
  'abuse.shared.here':
    'Each question has an official of its own, on a case of theirs, logged in within the last 15 minutes.',
  'abuse.shared.source': 'press reports on the NSU 2.0 proceedings',
  'step.nothing': 'Nothing stopped it',
  'step.unexplained': 'Refused with the code {code}',
  'step.verified': 'It verifies: every entry is the one that was signed',
  'step.unpublished': 'It does not verify yet: the copy fell between two publications',
  'step.problem': '{what} (file {file})',
  'step.problemAt': '{what} (entry {entry, number}, file {file})',
  'step.entries': '{count, plural, one {# entry} other {# entries}}',
  'cheat.victim': 'It was tried on {name}, who sees the refusal on their own page.',
  'cheat.victimLink': 'Log in as this person',
} as const
