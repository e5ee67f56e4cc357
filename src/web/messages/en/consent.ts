/** The pages of an issuer of consent, in English. */
export const consent = {
  'site.consent': '{organisation} · your consent',
  'consent.signIn':
    'An agency has asked for your consent to a question about you. Sign in to read the question and to say yes or no.',
  'consent.place': 'Your consent',
  'consent.placeText':
    'Some facts are told only if you consent to that one question. Who asks for your consent, and what waits for your yes or no, stands on a page apart, of an organisation that does not ask questions itself. You sign in there once more.',
  'consent.placeLink': 'See what waits for your consent',
  'consent.again': 'Log in again before you decide',
  'consent.againText':
    'Your decision needs a log-in from the last 5 minutes, so that nobody else can decide for you. Nothing was decided.',
  'consent.list': 'Questions that wait for your decision',
  'consent.listLead':
    '{count, plural, =0 {No question waits for your decision.} one {One question waits for your decision.} other {# questions wait for your decision.}}',
  'consent.read': 'Read and decide',
  'consent.question': 'May the {consumer} ask the {provider} about you?',
  'consent.lead':
    'This is everything that the one question asks. Nothing has been asked so far; it is asked only if you consent.',
  'consent.who': 'Who asks',
  'consent.from': 'Who would answer',
  'consent.facts': 'What is asked',
  'consent.value': 'they would learn the value itself',
  'consent.yesOrNo': 'they would learn yes or no, not the value',
  'consent.why': 'What for',
  'consent.reason': 'Why they need it, in their words',
  'consent.kept': 'How long they keep it',
  'consent.keptDays': '{days, plural, one {# day} other {# days}} at most; it is not passed on',
  'consent.once':
    'Your consent is for this question alone, once, and ends after 10 minutes. The question will appear on your page “Who asked about you”.',
  'consent.free':
    'You are free to say no. Then nothing is asked. Talk to the agency if you would rather show a paper.',
  'consent.given': 'Yes, I consent',
  'consent.declined': 'No, I do not consent',
  'consent.is.given':
    'You have consented to this question. It can be asked once in the next minutes. You can close this page.',
  'consent.is.declined': 'You have said no. This question is not asked.',
  'consent.is.expired':
    'This request is over. If the question is still needed, the agency has to ask you again.',
  'check.consent': 'Ask the person for consent',
  'check.consentNeeded':
    'This is answered only with the person’s own consent to this one question. First the person is asked, by an office that is independent of yours.',
  'consent.caption': 'Consent of the person',
  'consent.wait': 'The person has not decided yet',
  'consent.waitText':
    'Tell the person that a question waits for them at this address. They sign in there themselves; you need not send them anything else.',
  'consent.look': 'Look again, and ask if there is consent',
  'consent.lookHint':
    'A consent is good for 10 minutes. Once the person has decided, press the button; with a consent the question is asked at once.',
  'consent.no': 'The person has not consented',
  'consent.noDeclined': 'The person said no. Nothing was asked.',
  'consent.noExpired':
    'The time to decide, or the consent, has run out. Nothing was asked. If the case still needs the fact, ask the person again.',
  'consent.withdraw': 'Back to the question',
} as const
