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
  'verify.fileHolds': 'Every proof in this file holds.',
  'verify.fileFails':
    'Not every proof in this file holds. Keep the file and show it to the inspector.',
  'verify.fileUnreadable': 'This is not a file with proofs.',
  'verify.yourself': 'Check without any page',
  'verify.yourselfText':
    'These commands read the published logs from beginning to end, recompute every hash and name the entry if one was changed.',
  'verify.download': 'Download the heads and keys',
  'verify.limit.keys':
    'Whether the keys are the right ones: this page brings them. Compare them with keys you got another way, or use the command with your own.',
  'verify.limit.code':
    'Whether the program in this page is honest: the agency serves it. The command is yours.',
  'verify.limit.outside': 'Whether a question was asked outside Cloison, where nothing is logged.',
} as const
