/** Every code that ends a question or an attack, as a sentence and a next step, in English. */
export const refusals = {
  'code.MALFORMED': 'The question was not in the form that it must have',
  'next.MALFORMED':
    'This is a fault of the program, not yours. Give the code to the people who run it.',
  'code.PEER_UNKNOWN': 'The other agency does not know us',
  'next.PEER_UNKNOWN': 'The administrators of both agencies have to exchange their keys first.',
  'code.SIGNATURE_INVALID': 'The signature on the question was not good',
  'next.SIGNATURE_INVALID':
    'This is a fault of the program, not yours. Give the code to the people who run it.',
  'code.AGREEMENT_UNKNOWN': 'There is no such agreement',
  'next.AGREEMENT_UNKNOWN': 'Ask your data protection officer which agreement covers this need.',
  'code.LOG_REGRESSED': 'An older state of the log had been put back',
  'code.LOG_UNAVAILABLE': 'The log could not be written, so nothing was answered',
  'next.LOG_UNAVAILABLE': 'Try again in a few minutes. No answer is given without an entry.',
  'code.REPLAYED': 'This question had been sent before',
  'next.REPLAYED': 'Ask again from the case. Each question is sent once.',
  'code.CLOCK_SKEW': 'The clocks of the two agencies differ too much',
  'next.CLOCK_SKEW':
    'Tell the people who run the program. You can ask again once the clocks agree.',
  'code.EXCHANGE_CONFLICT': 'Another question had already used this number',
  'next.EXCHANGE_CONFLICT': 'Ask again from the case.',
  'code.ANSWER_EXPIRED': 'The answer is no longer kept',
  'next.ANSWER_EXPIRED':
    'Ask again if the case still needs it. An answer can be fetched again for 15 minutes.',
  'code.AGREEMENT_NOT_ACTIVE': 'The agreement is not in force',
  'next.AGREEMENT_NOT_ACTIVE': 'Ask your data protection officer when it will be.',
  'code.TIME_LOCKED': 'The agreement has been published and is not in force yet',
  'next.TIME_LOCKED': 'Wait until the waiting time is over. Everybody can see until when it runs.',
  'code.AGREEMENT_EXPIRED': 'The agreement has ended',
  'next.AGREEMENT_EXPIRED':
    'Ask the person for the paper, or your data protection officer for a new agreement.',
  'code.AGREEMENT_SUSPENDED': 'The agreement is suspended',
  'next.AGREEMENT_SUSPENDED':
    'Ask your data protection officer why. No question is answered until it is resumed.',
  'code.PURPOSE_MISMATCH': 'The agreement was not made for this purpose',
  'next.PURPOSE_MISMATCH':
    'Choose a need that fits the case. Using another purpose is not possible.',
  'code.LEGAL_BASIS_MISSING': 'The agreement does not name this law',
  'next.LEGAL_BASIS_MISSING': 'Ask your data protection officer which law covers this need.',
  'code.ELEMENT_NOT_AGREED': 'The agreement does not cover this fact',
  'next.ELEMENT_NOT_AGREED': 'Choose another need, or ask the person for the paper.',
  'code.PROTECTED_ELEMENT': 'This fact is specially protected',
  'next.PROTECTED_ELEMENT':
    'It can be asked for only with the person’s own consent to this one question.',
  'code.CONSENT_MISSING': 'The person’s consent is missing',
  'next.CONSENT_MISSING': 'Ask the person. They give consent themselves, for this one question.',
  'code.CONSENT_INVALID': 'The person’s consent does not fit this question',
  'next.CONSENT_INVALID':
    'Ask the person for a new consent. Each one is good for one question and 15 minutes.',
  'code.PRECONDITION_FAILED': 'A condition of the agreement is not met',
  'next.PRECONDITION_FAILED': 'Check what the case says about the person, and correct it first.',
  'code.CASE_REQUIRED': 'There is no case for this question',
  'next.CASE_REQUIRED': 'Ask from an open case that is assigned to you.',
  'code.CASE_CLOSED': 'The case is closed',
  'next.CASE_CLOSED': 'If the case goes on, open it again in the case system. Then ask.',
  'code.OFFICIAL_NOT_ASSIGNED': 'The case is not assigned to you',
  'next.OFFICIAL_NOT_ASSIGNED':
    'Have the case assigned to you, or leave the question to the official who has it.',
  'code.OFFICIAL_UNKNOWN': 'The official is not enrolled',
  'next.OFFICIAL_UNKNOWN':
    'Your data protection officer can enrol you. That is an entry in the log too.',
  'code.OFFICIAL_SUSPENDED': 'An emergency question waits for its review',
  'next.OFFICIAL_SUSPENDED':
    'An emergency question of yours was not reviewed within 24 hours, or was found unjustified. Ask the data protection officer of the agency that answered to review it.',
  'code.CONFIRMATION_INVALID': 'The second official cannot confirm this',
  'next.CONFIRMATION_INVALID':
    'Have another enrolled colleague log in and confirm, or ask without a confirmation: then the question is reviewed within 24 hours.',
  'code.SUBJECT_NOT_PARTY': 'The person is not a party to the case',
  'next.SUBJECT_NOT_PARTY':
    'Only people whom the case is about can be asked about. Check whether they withdrew.',
  'code.ASKED_RECEIPT_MISSING': 'Our own log had not recorded the question first',
  'next.ASKED_RECEIPT_MISSING':
    'Ask again from the case. No question is answered before it is in our log.',
  'code.SUBJECT_ID_INVALID': 'The person’s number is not valid',
  'next.SUBJECT_ID_INVALID': 'Correct the number in the case. It is never repaired or guessed.',
  'code.SECRECY_NOT_AUTHORISED': 'Nobody has authorised keeping this from the person',
  'next.SECRECY_NOT_AUTHORISED':
    'Ask openly. Withholding the notice needs an order, a law and an end date.',
  'code.CAP_EXCEEDED': 'The limit for questions is reached',
  'next.CAP_EXCEEDED':
    'Wait until the limit allows more, or ask the person for the paper. Your data protection officer sees how the limit is used.',
  'code.RATE_LIMITED': 'Too many requests at a time',
  'next.RATE_LIMITED': 'Wait a minute, then ask again.',
  'code.QUOTA_EXCEEDED': 'Too many questions of this organisation were refused today',
  'next.QUOTA_EXCEEDED':
    'Correct what causes the refusals. Your data protection officer sees the codes.',
  'code.SUBJECT_RESTRICTED': 'The person’s data are restricted',
  'next.SUBJECT_RESTRICTED':
    'Ask the person directly. They, or a court, have restricted the use of their data.',
  'code.REGISTER_UNAVAILABLE': 'The register could not be reached in time',
  'next.REGISTER_UNAVAILABLE': 'Try again in a few minutes.',
  'code.PEER_UNAVAILABLE': 'The other agency did not answer',
  'next.PEER_UNAVAILABLE':
    'Try again in a few minutes. If it goes on, tell the people who run the program.',
  'code.ANSWER_REFUSED': 'The answer’s proof did not hold, so it was thrown away',
  'next.ANSWER_REFUSED': 'Tell your data protection officer at once. The receipt is evidence.',
  'code.TOO_LARGE': 'The question was too long',
  'next.TOO_LARGE':
    'This is a fault of the program, not yours. Give the code to the people who run it.',
  'code.UNSUPPORTED_MEDIA': 'The question came in a form that is not read',
  'next.UNSUPPORTED_MEDIA':
    'This is a fault of the program, not yours. Give the code to the people who run it.',
  'code.UNAUTHENTICATED': 'The other side does not know who is asking',
  'next.UNAUTHENTICATED':
    'Sign in again. If that does not help, give the code to the people who run the program.',
  'code.EXCHANGE_UNKNOWN': 'The exchange is not known here',
  'next.EXCHANGE_UNKNOWN':
    'Nothing can be told about it any more. Its record may have been erased.',
  'code.JOIN_UNKNOWN': 'The join is not known here',
  'next.JOIN_UNKNOWN':
    'No join of this number has begun here. The gateway sends its message again by itself.',
  'code.JOIN_OVER': 'The join has stopped',
  'next.JOIN_OVER': 'The join takes no message any more. Agree on a new plan.',
  'code.NOT_FOUND': 'There is nothing under this address',
  'next.NOT_FOUND':
    'This is a fault of the program, not yours. Give the code to the people who run it.',
  'code.INTERNAL': 'A gateway failed; nothing was answered',
  'next.INTERNAL':
    'Try again in a few minutes. If it goes on, give the code to the people who run the program.',
  'code.CASE_SOURCE_UNAVAILABLE': 'The case system did not answer',
  'next.CASE_SOURCE_UNAVAILABLE':
    'Try again in a few minutes. Without it nobody can vouch for the case.',
  'code.OUTCOME_GONE': 'The outcome is no longer kept',
  'next.OUTCOME_GONE': 'Ask again if the case still needs it.',
  'code.ENTRY_FORMAT': 'The log committed to something that is no entry',
  'code.BUNDLE_MISSING': 'A file of entries is missing',
  'code.TILE_MISSING': 'A part of the log is missing',
  'code.CHECKPOINT_MISSING': 'The head of the log is missing',
  'code.QUORUM_NOT_MET': 'Too few witnesses signed the head of the log',
  'code.OPENING_WRONG': 'A published record is not the one that its entry was made from',
  'code.ENTRY_WRONG': 'An entry is not the one that the log committed to',
  'code.BUNDLE_MALFORMED': 'The file of entries cannot be read any more',
  'code.TILE_WRONG': 'A part of the log does not fit its signed root',
  'code.ROOT_MISMATCH': 'The log was rewritten: it does not fit its signed root',
  'code.FORKED': 'There are two histories of one log',
  'code.CHECKPOINT_REVERTED': 'An older head of the log was put back',
  'code.CHECKPOINT_SIGNATURE': 'A signature on the head of the log is not good',
  'code.CHECKPOINT_MALFORMED': 'The head of the log is not in its one form',
  'code.CHECKPOINT_ORIGIN': 'The head belongs to another log',
  'code.CHECKPOINT_UNSIGNED': 'The log has not signed its head',
  'code.CHECKPOINT_SIGNER': 'Somebody who is not known signed the head of the log',
  'code.CHECKPOINT_REPEATED_SIGNER': 'Somebody signed the head of the log twice',
  'code.OPENING_MISSING': 'A public record is not published',
  'code.OPENING_UNEXPECTED': 'A text is published for an entry that is not public',
  'code.ENTRY_AFTER_CLOSE': 'The log went on after it was closed',
  'code.EPOCH_INCONSISTENT': 'A closed period does not follow the one before',
  'code.COUNTS_MALFORMED': 'The public counts of a month are in no known form',
  'code.COUNTS_LEAVES': 'The public counts of a month are not those of its entries',
  'code.COUNTS_GAP': 'The public counts of a month do not follow those before',
  'code.COUNTS_SUM': 'The public counts of a month are more than its exchanges',
  'code.FILE_UNEXPECTED': 'A file does not belong to the log',
  'code.TOO_MANY_PROBLEMS': 'More is wrong than is listed',
} as const
