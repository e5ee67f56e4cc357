/** Why a gateway answers nothing at the moment, in English. The pages have the same messages, by the same keys. */
export const gateSentences = {
  'gateSays.unconfirmed':
    'No quorum of witnesses has confirmed the head of this log since the start.',
  'gateSays.evidence': 'There is evidence against this log or its disk; see its messages.',
  'gateSays.seconds':
    'No quorum of witnesses has cosigned this log for {seconds} seconds; nothing is answered until one does.',
  'gateSays.minutes':
    'No quorum of witnesses has cosigned this log for {minutes} minutes; nothing is answered until one does.',
  'gateSays.self-audit':
    'The self-audit found: {said} Stop this gateway and put the newest good copy back.',
} as const

/** Key of a reason for which a gateway answers nothing. */
export type GateSentence = keyof typeof gateSentences
