/** Signing in, and the log-in of the demo's own provider, in English. */
export const signIn = {
  'site.dpo': '{organisation} · for the data protection officer',
  'site.inspector': '{organisation} · for inspectors',
  'site.admin': '{organisation} · for administrators',
  'section.account': 'My account',
  'role.caseworker': 'Caseworker',
  'role.dpo': 'Data protection officer',
  'role.person': 'Person',
  'role.inspector': 'Inspector',
  'role.admin': 'Administrator',
  'signIn.title': 'Sign in',
  'signIn.caseworker': 'Sign in to ask about a person in one of your cases.',
  'signIn.dpo': 'Sign in as the data protection officer of this organisation.',
  'signIn.person': 'Sign in to see who asked about you.',
  'signIn.inspector': 'Sign in as an inspector.',
  'signIn.admin': 'Sign in as an administrator of this organisation.',
  'signIn.button': 'Sign in',
  'signIn.how':
    'You are taken to the log-in that this site trusts, and come back when you are done. This site never sees a password.',
  'signIn.again': 'Log in again before you ask',
  'signIn.againText':
    'A question about a person needs a log-in from the last 15 minutes. Nothing was asked. Your question is kept, and you come back to it.',
  'signIn.refused': 'This log-in was not accepted',
  'signIn.SIGN_IN_UNKNOWN':
    'This log-in was not begun in this browser, or it was used already. Nothing was done. Start again from this site.',
  'signIn.SIGN_IN_REJECTED':
    'The log-in did not hold when it was checked, or it was cancelled. Nothing was done. Start again; if it happens once more, tell the people who run this site.',
  'signIn.SIGN_IN_TOO_OLD': 'The log-in took too long or lies too far back. Start again.',
  'signIn.SIGN_IN_ROLE':
    'You logged in, but not as somebody whom this site is for. Each role has a site of its own.',
  'signIn.SIGN_IN_UNAVAILABLE':
    'The log-in cannot be reached right now. Nothing was done. Try again in a moment.',
  'account.title': 'My account',
  'account.name': 'Name',
  'account.role': 'Signed in as',
  'account.organisation': 'Organisation',
  'account.since': 'Logged in',
  'account.commandLine':
    'This role has no further pages yet. Its work is done with the command line.',
  'account.signOut': 'Sign out',
  'account.signOutHint': 'To be somebody else, sign out first.',
  'logIn.site': 'Log-in of the demonstration',
  'logIn.title': 'Who are you?',
  'logIn.lead':
    'This is the demonstration’s own log-in. There are no passwords: choose one of the invented people below. In earnest your organisation’s own log-in stands here.',
  'logIn.for': 'You come from the site for: {role}.',
  'logIn.missing': 'Choose who you are',
  'logIn.button': 'Log in',
  'logIn.cancel': 'Cancel',
  'logIn.none': 'Nobody in the demonstration has this role at this organisation.',
  'logIn.can.dpo': 'Watches over the agreements of this organisation and signs them',
  'logIn.can.inspector': 'Inspects all agencies',
  'logIn.can.admin': 'Runs the gateway of this organisation; sees no answers',
  'logIn.out': 'Log out?',
  'logIn.outText': 'You are signed out of the site. Do you want to end your log-in too?',
  'logIn.outYes': 'Log out',
  'logIn.outDone': 'You are logged out',
  'logIn.error': 'This log-in cannot go on',
  'logIn.errorText':
    'It may have been open for too long, or been begun in another browser. Go back to the site and sign in again.',
} as const
