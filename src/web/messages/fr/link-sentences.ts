import type { LinkSentence } from '../../../sentences/index.ts'

/** What is found on the way to a peer, in French. */
export const linkSentences: Readonly<Record<LinkSentence, string>> = {
  'linkSays.no-gateway-key':
    'Aucune de ses clés de passerelle ne compte maintenant ; demandez-lui une fiche plus récente.',
  'linkSays.no-certificate':
    'Aucun de ses certificats ne compte maintenant ; demandez-lui une fiche plus récente.',
  'linkSays.pending': 'Sa fiche devient une entrée, et compte, quand la passerelle d’ici démarre.',
  'linkSays.configured':
    'Ses clés sont dans la configuration ; prenez-les de sa fiche par « cloison peer add ».',
  'linkSays.record': 'La version {version} est acceptée et vaut jusqu’au {day}.',
  'linkSays.tls': '{url} répond par TLS 1.3 avec un certificat que sa fiche épingle.',
  'linkSays.http': '{url} répond par HTTP simple, sur cette machine.',
  'linkSays.not-pinned': '{url} : le programme dit, en anglais : {said}',
  'linkSays.unreached':
    '{url} ne peut être joint par TLS 1.3 ; regardez l’adresse, le réseau et sa passerelle.',
  'linkSays.no-clock': 'Il ne dit pas son heure.',
  'linkSays.clock': 'Son horloge est à {seconds} s près celle d’ici.',
  'linkSays.clocks':
    'Les deux horloges diffèrent de {seconds} s ; à partir de 60 s les questions sont refusées. Réglez l’horloge.',
  'linkSays.not-signed': 'Sa réponse n’est pas signée par une clé qui compte ici ({code}).',
  'linkSays.signatures': 'Chaque côté accepte la signature de l’autre.',
  'linkSays.unknown-here':
    'Il ne connaît pas la clé de cette passerelle : il doit ajouter la fiche de cette organisation.',
  'linkSays.refused': 'Il refuse la signature de cette passerelle ({code}).',
  'linkSays.no-log-key': 'Aucune de ses clés de journal ne compte maintenant.',
  'linkSays.no-checkpoint': 'Il ne publie pas de point de contrôle à {url}.',
  'linkSays.log': '{origin} a {size, number} entrées publiées, signées par sa clé.',
  'linkSays.strange-log':
    'Le point de contrôle de {origin} n’est pas signé par une clé de journal qui compte ici.',
  'linkSays.no-agreement': 'Aucun accord avec lui n’est encore pris en compte.',
  'linkSays.agreements': 'En commun : {names}.',
  'linkSays.failed': 'Le programme dit, en anglais : {said}',
}
