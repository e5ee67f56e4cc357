/** The page on which anybody checks the logs, in English. */
export const verify = {
  'verify.title': 'Check the logs yourself',
  'verify.lead':
    'Each agency keeps a log of every question. You need not believe them, or this page: here is how to check.',
  'verify.heads': 'The logs today',
  'verify.headsText':
    'A head stands for the whole log: if a single byte of any entry changed, its root would change too. Witnesses sign each head, so that everybody is shown the same one.',
  'verify.size': 'Size',
  'verify.origin': 'Name of the log',
  'verify.root': 'Root',
  'verify.witnesses': 'Signed by',
  'verify.note': 'The signed head, word for word',
  'verify.receipts': 'Questions about you',
  'verify.receiptsText': 'Your own page has a receipt for every question about you.',
  'verify.receiptsLink': 'Check your receipts',
  'verify.file': 'Check a file that you downloaded',
  'verify.fileText': 'Your browser reads the file and checks it. The file is not sent anywhere.',
  'verify.fileLabel': 'File with proofs',
  'verify.fileHolds':
    'Every proof in this file holds, and no entry is missing up to the times below.',
  'verify.filePart':
    'Every proof in this file holds. It does not show of every agency that no entry is missing.',
  'verify.fileFails':
    'Not every proof in this file holds. Keep the file and show it to the inspector.',
  'verify.fileUnreadable': 'This is not a file with proofs.',
  'verify.yourself': 'Check without any page',
  'verify.yourselfText':
    'These commands read the published logs from beginning to end, recompute every hash and name the entry if one was changed.',
  'verify.download': 'Download the heads and keys',
  'proofReason.witnessed': 'In the log, under a state of it that enough witnesses have cosigned',
  'proofReason.whole': 'No entry is missing',
  'proofReason.few': 'Too few witnesses have cosigned it',
  'proofReason.unlinked': 'Nothing yet links the receipt to the published state of the log',
  'proofReason.behind': 'The published state of the log does not reach this entry yet',
  'proofReason.headless': 'There is no published state of the log to hold the receipt against',
  'proofReason.forked': 'The receipt and the published state are not of one log',
  'proofReason.stranger': 'It is of a log whose key is not known here',
  'proofReason.outside': 'It is not in the log where its receipt says',
  'proofReason.altered': 'It does not say what the log committed to',
  'proofReason.differs': 'The page does not show what the record says',
  'proofReason.incomplete': 'The page does not show every entry of the list',
  'proofReason.epoch': 'The list is not proven to be the one of its closed epoch',
  'proofReason.mixed': 'The lists are of different people',
  'proofReason.broken': 'An entry is missing, was added, or does not follow the one before it',
  'proofReason.unsigned': 'It is not signed as it must be',
  'proofReason.unreadable': 'It is not written as the specification has it',
  'verify.limit.keys':
    'Whether the keys are the right ones: this page brings them. Compare them with keys you got another way, or use the command with your own.',
  'verify.limit.code':
    'Whether the program in this page is honest: the agency serves it. The command is yours.',
  'verify.limit.outside': 'Whether a question was asked outside Cloison, where nothing is logged.',
} as const
