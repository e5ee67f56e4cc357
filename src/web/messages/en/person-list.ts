/** The person's list in pages, and what is withheld from everybody, in English. */
export const personList = {
  'filter.title': 'Show only some of them',
  'filter.all': 'All',
  'filter.organisation': 'Organisation',
  'filter.year': 'Year',
  'filter.outcome': 'Outcome',
  'filter.show': 'Show',
  'filter.clear': 'Show everything',
  'filter.found':
    '{count, plural, =0 {Nothing fits.} one {# entry, page {page} of {pages}.} other {# entries, page {page} of {pages}.}}',
  'pages.title': 'Pages of the list',
  'pages.newer': 'Newer',
  'pages.older': 'Older',
  'pages.which': '{page} of {pages}',
  'pages.suffix': '{title}, page {page} of {pages}',
  'chain.long':
    'This page shows a part of your list. Whether anything is missing can be told from the whole list alone. The check says of each agency up to when nothing is missing, or that nothing shows it.',
  'chain.checkAll': 'Check the whole list now',
  'chain.elsewhere':
    'Or download everything below and check the file: on the page for everybody, or on any computer with this command.',
  'withheld.title': 'Notices that are withheld',
  'withheld.text':
    'A court or an authority can have the notice of a question withheld for a time, of at most a year. How many are withheld is public from the first day on. Whether one of them is about you is told to nobody before it opens.',
  'withheld.none': 'No notice is withheld from anybody now.',
  'withheld.row':
    '{organisation}: {count, plural, one {# notice} other {# notices}}, ordered by {authority}. They open by themselves on {date}.',
  'withheld.opened':
    '{organisation}: {count, plural, one {# notice} other {# notices}}, ordered by {authority}, opened on {date} and stand in the list of each person concerned.',
  'breach.title': 'A key was exposed',
  'breach.text':
    'Facts about you went out in a time in which a key could be used by somebody else. What the facts are called stands in the entries below; the agency must tell you what you can do.',
  'breach.row':
    '{organisation}: from {from} to {until}; declared on {declared}, entry {index} of its log.',
  'public.title': 'What {organisation} shows to everybody',
  'public.lead':
    'These facts are the same for everybody and need no account. Anyone can hold them against the published log.',
  'public.log': 'The log',
  'public.agreements': 'Agreements in force',
  'public.noAgreement': 'No agreement is in force.',
  'public.moreAgreements':
    '{count, plural, one {# more agreement is} other {# more agreements are}} told by the gateway at <code>/v1/agreements</code>.',
  'public.daysLeft': '{date}: {days, plural, =0 {no day} one {# day} other {# days}} left',
  'public.noYear': 'No year is open, so no table is given.',
  'public.budgetsText':
    'Tables about many people carry noise that hides each of them. How much may be told in a year is fixed beforehand; every charge is an entry of the published log, so anybody can add them up.',
  'public.lock': 'Time lock',
  'public.lockText':
    'What lets more be asked is published first, and takes effect {time} later at the earliest',
  'public.version': 'Program',
  'counts.title': 'Questions, month by month',
  'counts.text':
    'Told in blocks of twenty entries, and rounded down to tens, so that nothing can be read off about one person. How many entries there are in all is exact: anybody can count them in the published log.',
  'counts.waiting': 'The gateway is reading its log. The counts are here in a moment.',
  'counts.caption': 'What came of questions',
  'counts.month': 'Month',
  'counts.exchanges': 'Entries',
  'counts.entry': 'In the log',
  'counts.running': '{month}, so far',
  'counts.notYet': 'When the month is over',
  'counts.fewer': 'fewer than 10',
  'counts.from': '{count, number} or more',
  'sort.answered': 'Answered here',
  'sort.denied': 'Denied here',
  'sort.asked': 'Asked of others',
  'sort.received-answer': 'Answers from others',
  'sort.received-denial': 'Denials from others',
  'sort.table-released': 'Tables given',
  'sort.table-refused': 'Tables refused',
} as const
