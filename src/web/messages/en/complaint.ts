/** What a person takes away: a complaint, and the list in words; in English. */
export const complaint = {
  'complaint.title': 'Complaint about questions that were asked about me',
  'complaint.lead':
    'To a supervisory authority, under Article 77 of the General Data Protection Regulation or the law that takes its place.',
  'complaint.made': 'Made on {when}.',
  'complaint.to': 'To',
  'complaint.toText': 'Name and address of the supervisory authority:',
  'complaint.from': 'From',
  'complaint.fromText': 'Address at which you can be reached:',
  'complaint.why': 'What I complain about',
  'complaint.reason.notMine':
    'I did not apply for anything and was not told of a check that would need this question.',
  'complaint.reason.noLaw': 'I do not see a law that allows it.',
  'complaint.reason.tooMuch': 'More was asked than was needed.',
  'complaint.reason.wrong': 'What was told about me is wrong.',
  'complaint.reason.noReply':
    'I wrote to the organisation, and it has not answered within one month.',
  'complaint.reason.other': 'Something else.',
  'complaint.ownWords': 'In my own words:',
  'complaint.responsible': 'Who is responsible, and where to write',
  'complaint.noAddress': 'Address not known here',
  'complaint.entries':
    '{count, plural, =0 {No question} one {The question} other {The # questions}}',
  'complaint.entry': '{number}. {when}',
  'complaint.asked': 'Asked by',
  'complaint.answered': 'Asked of',
  'complaint.outcome': 'What came of it',
  'complaint.noAgreement': 'None is named',
  'complaint.rights': 'What you can expect',
  'complaint.rightsText':
    'A complaint costs nothing. The authority must tell you within three months how far it is. You may also go to a court. It helps to write to the organisation first: it has one month to answer.',
  'complaint.verifyText':
    'The file {file} holds each entry with its proof. The command below checks the file on any computer, without asking the organisations.',
  'complaint.personal':
    'This page is personal data: it is about you, for you and for whom you give it to.',
  'complaint.placeDate': 'Place and date:',
  'complaint.signature': 'Signature:',
  'complaint.agreements': '{count, plural, one {The agreement} other {The # agreements}}',
  'complaint.standing': 'Today',
  'complaint.agreementGone': '{name}. It is not in force, and its text is no longer kept.',
  'complaint.verifyAgreements':
    'The folder “agreements” has the signed texts of the agreements above.',
  'complaint.about': 'Make a complaint',
  'complaint.heading': 'Complain to the authority',
  'complaint.text':
    'A file for your data protection authority: a page to fill in and print, every entry with its proof, the signed agreements and whom to write to. Nothing is sent; you hand it in yourself.',
  'complaint.all': 'Make a complaint about all of it',
  'complaint.read': 'Download it as a page to read',
} as const
