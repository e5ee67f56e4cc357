/** The demo's front door and its attempts to cheat, in English. */
export const demoHome = {
  'home.title': 'Three agencies, no shared database',
  'home.lead':
    'Each agency keeps its own register behind its own wall. One question about one person may pass, if an agreement allows it. Every question leaves a trace that nobody can erase.',
  'home.four':
    'The request <strong>“give me the people who …”</strong> does not exist here: no page, no message and no command can make a list of people.',
  'home.picture':
    'Three rooms side by side: housing, tax and social security. One question goes from housing through the wall to tax, and one answer comes back. Below the rooms runs a log with one mark for each question.',
  'home.room.housing': 'Housing',
  'home.room.tax': 'Tax',
  'home.room.social': 'Social security',
  'home.processes': 'What is running',
  'home.processesLead':
    'These are separate programs with their own keys and folders. None can read another’s register.',
  'home.process': 'Port {port} · process {pid}',
  'home.limit.agreements':
    'Whether an agreement between two agencies is a good idea. It can only show that nothing outside it was answered.',
  'home.limit.outside':
    'What people do outside Cloison: two agencies can still e-mail each other a spreadsheet.',
  'story.title': 'The story in six steps',
  'story.ask.title': 'An official asks one thing',
  'story.ask.text':
    'Is this applicant’s income below the limit for rent support? One person, one open case, one fact.',
  'story.ask.link': 'Be an official',
  'story.answer.title': 'The tax agency decides',
  'story.answer.text':
    'It checks agreement, purpose, case and caps, writes the entry, and only then says yes or no. The income stays where it is.',
  'story.answer.link': 'See the official’s own trace',
  'story.witness.title': 'A witness signs the log',
  'story.witness.text':
    'An independent witness signs the head of every log. From then on nobody can rewrite it unnoticed.',
  'story.witness.link': 'See the heads',
  'story.person.title': 'The person sees it',
  'story.person.text':
    'Who asked, when, why, under which law, and which facts. Refused questions too.',
  'story.person.link': 'Be the person',
  'story.verify.title': 'Anyone can check',
  'story.verify.text':
    'The browser recomputes every proof. So does one command, offline, without an account.',
  'story.verify.link': 'Check the proofs',
  'story.cheat.title': 'Now try to cheat',
  'story.cheat.text':
    'Break the rules on purpose and see what stops you, and what you leave behind.',
  'story.cheat.link': 'Go to the buttons',
  'cheat.title': 'Try to cheat',
  'cheat.lead':
    'Each button runs a real attack against the running agencies and shows what stopped it.',
  'cheat.try': 'Try it',
  'cheat.caption': 'Trying to cheat',
  'cheat.enumerate.title': 'Ask about everyone',
  'cheat.enumerate.text':
    'Use a valid agreement and go through person after person to build a list.',
  'cheat.edit-log.title': 'Edit the log',
  'cheat.edit-log.text':
    'Change one byte of an entry that is already published, as an administrator could.',
  'cheat.no-case.title': 'Ask without a case',
  'cheat.no-case.text': 'Ask about somebody on whom there is no open case.',
  'cheat.restore.title': 'Put yesterday’s files back',
  'cheat.restore.text':
    'Restore an older state store, head store or published log from a backup, in all seven combinations, on a copy made for this.',
  'cheat.progress': '{done} of {total} attempts made. Each starts a gateway of its own.',
  'cheat.lookAgain': 'Show how far it is',
  'restore.caption': 'Older files that were put back, and who noticed',
  'restore.what': 'Put back',
  'restore.outcome': 'The start was',
  'restore.refused': 'Refused',
  'restore.noticedBy': 'Noticed by',
  'restore.part.state': 'State store',
  'restore.part.head': 'Head store',
  'restore.part.folder': 'Published log',
  'restore.by.state': 'The state store',
  'restore.by.head': 'The head store',
  'restore.by.folder': 'The published log',
  'restore.by.memory': 'The gateway’s memory of what it published',
  'restore.by.witness': 'The witness',
  'cheat.stoppedBy': 'What stopped it',
  'cheat.steps': 'What was tried',
  'cheat.left': 'What it left behind',
  'cheat.entry': 'Entry',
  'cheat.entryKind': 'Kind of entry',
  'cheat.noEntry': 'None: this never reached the point where an entry is written',
  'cheat.again': 'Try another way',
} as const
