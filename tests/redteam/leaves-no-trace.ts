/** Attacks at a door where nothing is a question yet, or on files of a gateway that does not run. */
export const leavesNoTrace: ReadonlySet<string> = new Set([
  'ask-for-a-list',
  'oversize-body',
  'compressed-body',
  'smuggled-request',
  'act-without-token',
  'read-as-officer',
  'ask-as-officer',
  'dismiss-a-signal',
  'locate-and-detain',
  'widen-a-signed-agreement',
  'give-caps-back',
  'edit-the-log',
])
