/** Reports on the pages of data protection officers, in English. */
export const officeReports = {
  'section.reports': 'Reports',
  'reports.lead':
    'The records that the law asks for, written by themselves out of agreements and log. Every figure can be computed again by whoever gets the report.',
  'reports.madeNow': 'Made in this visit',
  'reports.line': '{report}, {from} to {until}',
  'reports.running': 'being made',
  'reports.made': 'ready',
  'reports.refused': 'not made',
  'reports.ofPersons': 'Reports about one person',
  'reports.ofPersonsText':
    'What one person is told, and whom a correction about them goes to, is that person’s own: they find it on their page. If somebody asks by letter, it is made on your own machine:',
  'reports.from': 'First day',
  'reports.fromHint': 'In UTC, such as 2026-01-01.',
  'reports.until': 'Last day',
  'reports.untilHint':
    'It is in the report as well. Today is allowed: the report has what has happened by now.',
  'reports.agreement': 'Agreement',
  'reports.agreementHint': 'The report is about one alone, or about all.',
  'reports.allAgreements': 'All agreements',
  'reports.entry':
    'That a report was made becomes an entry in your log, so whoever shows it can be held to it. It names nobody.',
  'reports.make': 'Make the report',
  'reports.dayMissing': 'Write a day such as 2026-01-31',
  'reports.untilBefore': 'The last day is before the first',
  'reports.fromAhead': 'The first day has not come yet',
  'reports.period': '{from} to {until}',
  'reports.runningFor':
    'The log is read and counted. {age} so far; the page looks again by itself.',
  'reports.lookAgain': 'Look again',
  'reports.notMade': 'The report was not made',
  'reports.otherCode': 'Give the code below to whoever runs the gateway.',
  'reportCode.REPORT_PENDING':
    'The newest part of the log is not witnessed yet. Try again in a minute.',
  'reportCode.REPORT_AGREEMENT_UNKNOWN': 'The gateway does not know this agreement.',
  'reportCode.LOG_UNAVAILABLE': 'The log takes no entry now. Ask an administrator to look at it.',
  'reports.holds':
    'Every figure below was computed again from the evidence in the file, and holds.',
  'reports.print': 'Download to read and print',
  'reports.json': 'Download with its proofs (JSON)',
  'reports.printHint':
    'The first file is one page that needs nothing else: open it and print it, on paper or as PDF. The second is what others verify.',
  'reports.pdfText':
    'Or have a PDF printed from the second file, on your own machine and with its Chromium; a gateway starts no browser.',
  'reports.proven': 'How each figure is proven',
  'reports.heads': 'Head of the log',
  'reports.headOf': '{origin}: {size, number} entries, signed and witnessed',
  'reports.figures': '{count, plural, one {# figure} other {# figures}}',
  'reportRule.entries':
    'Counted from public entries. Each stands in the file with its proof, so anybody counts them again.',
  'reportRule.exchanges':
    'Counted from entries about exchanges, which name people and are closed. An inspector counts them again from a bundle of the log.',
  'reportRule.agreement': 'Stands in a signed agreement that the log has published.',
  'reportRule.chain': 'Counted from the person’s own chain, which the log proves complete.',
  'reports.verifyText':
    'Whoever gets the JSON file verifies it without trusting you, on their own machine, against the log as it is published:',
  'reportAbout.accounting': 'To whom facts were given, why, and how often. It names no person.',
  'reportAbout.matching':
    'Every agreement in the words of the law, and the public register of them.',
  'reportAbout.integrity':
    'The year: programs, refusals, alarms, and everything that was done by hand.',
  'reportAbout.ropa': 'What is processed, why, for whom and for how long: one part an agreement.',
  'reportAbout.notice':
    'What people are told where another body gives data about them: one an agreement.',
  'reportAbout.dpia':
    'What an impact assessment begins with: description, necessity, risks, measures, use.',
  'reportAbout.breach-scope':
    'How many people and answers were exposed by the breaches that were declared; never who.',
} as const
