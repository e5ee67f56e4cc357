/**
 * What is found on the way to a peer, in English, as the command line prints it. The pages have the same messages
 * in every language, by the same keys.
 */
export const linkSentences = {
  'linkSays.no-gateway-key': 'None of its gateway keys counts now; ask it for a newer record.',
  'linkSays.no-certificate': 'None of its certificates counts now; ask it for a newer record.',
  'linkSays.pending': 'Its record becomes an entry, and counts, when the own gateway starts.',
  'linkSays.configured':
    'Its keys stand in the configuration; take them from its record by "cloison peer add".',
  'linkSays.record': 'Version {version} is accepted and good until {day}.',
  'linkSays.tls': '{url} answers by TLS 1.3 with a certificate that its record pins.',
  'linkSays.http': '{url} answers by plain HTTP, on this machine.',
  'linkSays.not-pinned': '{url}: {said}',
  'linkSays.unreached':
    '{url} cannot be reached by TLS 1.3; look at the address, the network and its gateway.',
  'linkSays.no-clock': 'It does not tell its time.',
  'linkSays.clock': 'Its clock is within {seconds} s of this one.',
  'linkSays.clocks':
    'The two clocks are {seconds} s apart; questions are refused from 60 s on. Set the clock.',
  'linkSays.not-signed': 'Its answer is not signed by a key that counts here ({code}).',
  'linkSays.signatures': 'Each side takes the other side’s signature.',
  'linkSays.unknown-here':
    'It does not know the key of this gateway: it must add this organisation’s record.',
  'linkSays.refused': 'It refuses the signature of this gateway ({code}).',
  'linkSays.no-log-key': 'None of its log keys counts now.',
  'linkSays.no-checkpoint': 'It publishes no checkpoint at {url}.',
  'linkSays.log': '{origin} has {size} published entries, signed by its key.',
  'linkSays.strange-log': 'The checkpoint of {origin} is not signed by a log key that counts here.',
  'linkSays.no-agreement': 'No agreement with it is taken up yet.',
  'linkSays.agreements': 'In common: {names}.',
  'linkSays.failed': '{said}',
} as const

/** Key of a sentence about the way to a peer. */
export type LinkSentence = keyof typeof linkSentences
