import type { GateSentence } from '../../../sentences/index.ts'

/** Why a gateway answers nothing at the moment, in French. */
export const gateSentences: Readonly<Record<GateSentence, string>> = {
  'gateSays.unconfirmed':
    'Aucun quorum de témoins n’a confirmé la tête de ce journal depuis le démarrage.',
  'gateSays.evidence': 'Il y a une preuve contre ce journal ou son disque ; voir ses messages.',
  'gateSays.seconds':
    'Aucun quorum de témoins n’a cosigné ce journal depuis {seconds} secondes ; rien ne reçoit de réponse avant.',
  'gateSays.minutes':
    'Aucun quorum de témoins n’a cosigné ce journal depuis {minutes} minutes ; rien ne reçoit de réponse avant.',
  'gateSays.self-audit':
    'L’auto-vérification a trouvé, en anglais : {said} Arrêtez cette passerelle et remettez la plus récente bonne copie.',
}
