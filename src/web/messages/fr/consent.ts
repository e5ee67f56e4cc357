import type { consent as source } from '../en/consent.ts'

/** The pages of an issuer of consent, in French. */
export const consent: Readonly<Record<keyof typeof source, string>> = {
  'site.consent': '{organisation} · votre consentement',
  'consent.signIn':
    'Une administration demande votre consentement pour une question sur vous. Identifiez-vous pour lire la question et dire oui ou non.',
  'consent.place': 'Votre consentement',
  'consent.placeText':
    'Certaines données ne sont dites que si vous consentez à cette question précise. Qui demande votre consentement, et ce qui attend votre oui ou votre non, se trouve sur une page à part, d’une organisation qui ne pose pas de questions elle-même. Vous vous y identifiez une fois de plus.',
  'consent.placeLink': 'Voir ce qui attend votre consentement',
  'consent.again': 'Reconnectez-vous avant de décider',
  'consent.againText':
    'Votre décision exige une connexion de moins de 5 minutes, pour que personne ne décide à votre place. Rien n’a été décidé.',
  'consent.list': 'Questions qui attendent votre décision',
  'consent.listLead':
    '{count, plural, =0 {Aucune question n’attend votre décision.} one {Une question attend votre décision.} other {# questions attendent votre décision.}}',
  'consent.read': 'Lire et décider',
  'consent.question': '{consumer} : peut-elle interroger l’organisme « {provider} » sur vous ?',
  'consent.lead':
    'Voici tout ce que demande cette seule question. Rien n’a été demandé jusqu’ici ; elle n’est posée que si vous consentez.',
  'consent.who': 'Qui demande',
  'consent.from': 'Qui répondrait',
  'consent.facts': 'Ce qui est demandé',
  'consent.value': 'la valeur elle-même serait communiquée',
  'consent.yesOrNo': 'la réponse serait oui ou non, pas la valeur',
  'consent.why': 'Pour quoi faire',
  'consent.reason': 'Pourquoi c’est nécessaire, selon eux',
  'consent.kept': 'Durée de conservation',
  'consent.keptDays':
    '{days, plural, one {# jour} other {# jours}} au plus ; rien n’est transmis à d’autres',
  'consent.once':
    'Votre consentement vaut pour cette seule question, une fois, et prend fin après 10 minutes. La question figurera sur votre page « Qui a posé des questions sur vous ».',
  'consent.free':
    'Vous êtes libre de dire non. Alors rien n’est demandé. Parlez-en à l’administration si vous préférez montrer un document.',
  'consent.given': 'Oui, je consens',
  'consent.declined': 'Non, je ne consens pas',
  'consent.is.given':
    'Vous avez consenti à cette question. Elle peut être posée une fois dans les prochaines minutes. Vous pouvez fermer cette page.',
  'consent.is.declined': 'Vous avez dit non. Cette question n’est pas posée.',
  'consent.is.expired':
    'Cette demande est close. Si la question reste nécessaire, l’administration doit vous la soumettre de nouveau.',
  'check.consent': 'Demander le consentement de la personne',
  'check.consentNeeded':
    'La réponse n’est donnée qu’avec le consentement de la personne à cette seule question. La personne est d’abord consultée, par un service indépendant du vôtre.',
  'consent.caption': 'Consentement de la personne',
  'consent.wait': 'La personne n’a pas encore décidé',
  'consent.waitText':
    'Dites à la personne qu’une question l’attend à cette adresse. Elle s’y identifie elle-même ; vous n’avez rien d’autre à lui envoyer.',
  'consent.look': 'Vérifier, et poser la question s’il y a consentement',
  'consent.lookHint':
    'Un consentement vaut 10 minutes. Quand la personne a décidé, appuyez sur le bouton ; avec son consentement, la question est posée aussitôt.',
  'consent.no': 'La personne n’a pas consenti',
  'consent.noDeclined': 'La personne a dit non. Rien n’a été demandé.',
  'consent.noExpired':
    'Le délai de décision, ou le consentement, a expiré. Rien n’a été demandé. Si le dossier en a encore besoin, redemandez à la personne.',
  'consent.withdraw': 'Revenir à la question',
}
