import type { DoctorSentence } from '../../../sentences/index.ts'

/** What the doctor finds and what is to be done, in French. */
export const doctorSentences: Readonly<Record<DoctorSentence, string>> = {
  'doctorSays.said': 'le programme dit, en anglais : {said}',
  'doctorSays.coded': 'le programme dit, en anglais, avec le code {code} : {said}',
  'doctorSays.warns': 'avertissement du programme, en anglais : {said}',
  'doctorSays.folder': 'on peut écrire dans le dossier',
  'doctorSays.no-folder': 'le dossier {path} n’est pas là, ou on ne peut y écrire',
  'doctorSays.unreadable': '{path} ne peut être lu',
  'doctorSays.no-file': '{path} n’est pas là',
  'doctorSays.bytes': '{bytes, number} octets',
  'doctorSays.own-file': 'seul son propriétaire peut le lire',
  'doctorSays.open-file': 'd’autres ont des droits sur {path} ({mode})',
  'doctorSays.sealed':
    'les agents sont scellés pour le délégué de « {dpo} » et « {inspector} » ensemble',
  'doctorSays.unsealed':
    'avertissement : qui demande n’est scellé pour personne, aucun inspecteur ne peut donc savoir qui était un agent ; réglez keys.sealing (docs/how-to/open-an-identity.md)',
  'doctorSays.policy': 'c’est une politique de témoins',
  'doctorSays.no-log': 'il n’y a pas de journal dans le dépôt d’état',
  'doctorSays.no-head':
    'le dépôt de tête ne connaît aucune entrée, le dépôt d’état {state, number} : un état plus ancien a été remis',
  'doctorSays.older-state':
    'le dépôt de tête connaît {head, number} entrées, le dépôt d’état {state, number} : un état plus ancien a été remis',
  'doctorSays.two-heads': 'les deux dépôts ont des têtes différentes de la même taille',
  'doctorSays.head': 'la tête de {head, number} entrées ; le dépôt d’état en a {state, number}',
  'doctorSays.unpublished': 'rien n’est encore publié : la passerelle le fait quand elle tourne',
  'doctorSays.published': '{origin} est publié jusqu’à l’entrée {size, number} sur {all, number}',
  'doctorSays.strange-head':
    'le point de contrôle publié n’est pas de ceux que ce journal a signés',
  'doctorSays.unreached': '{url} ne peut être joint',
  'doctorSays.not-cosigned': 'il n’a encore rien cosigné de ce journal',
  'doctorSays.cosigned': 'il a cosigné {size, number} entrées',
  'doctorSays.alone': 'aucun avec une adresse : personne ne se porte garant de ce journal',
  'doctorSays.right':
    'le rôle de la base a un droit de trop ({code}). La base dit, en anglais : {said}',
  'doctorSays.two-functions': 'son rôle appelle deux fonctions et rien d’autre',
  'doctorSays.join-function':
    'son rôle lit des lignes pour les jointures par une fonction et rien d’autre',
  'doctorSays.case-function': 'son rôle appelle une fonction, rien d’autre',
  'doctorSays.many-rows':
    'il a {rows, number} lignes, et sa description déclare une population de {size, number}',
  'doctorSays.rows': '{rows, number} lignes, une par personne',
  'doctorSays.gaps': '{rows, number} lignes, une par personne ; sans clé déclarée : {gaps}',
  'doctorSays.fits': 'convient aux registres',
  'doctorSays.read': 'est lu',
  'doctorSays.silent': 'rien ne répond à {url}',
  'doctorSays.answers': '{url} répond',
  'doctorSays.clock': 'l’horloge et celle du système des dossiers diffèrent de {seconds} s',
  'doctorSays.other-source':
    '{file} nomme le système des dossiers {source} avec une autre clé ou un autre nom que celui d’ici',
  'doctorSays.signs': '{source} signe avec {key} : les accords doivent nommer cette clé',
  'doctorSays.no-cases':
    'aucun : cette organisation répond, et toute question d’elle-même est refusée',
  'doctorSays.stopped': 'ne tourne pas maintenant',
  'doctorSays.ready': 'tourne et est prête',
  'doctorSays.other-program': 'autre chose que cette passerelle répond à {address}',
  'doctorDo.command': '{command}',
  'doctorDo.see': 'voir {page}',
  'doctorDo.init': 'commencez par « cloison init », ou corrigez le réglage',
  'doctorDo.begin': 'commencez par « cloison init »',
  'doctorDo.secret': 'créez le fichier, ou changez le réglage',
  'doctorDo.evidence':
    'ne démarrez rien et gardez chaque fichier : docs/reference/error-codes.md dit de quoi c’est la preuve',
  'doctorDo.stores': 'corrigez les réglages des dépôts, des clés et du témoin',
  'doctorDo.witness': 'demandez à qui le fait tourner, ou ajoutez-en un autre',
  'doctorDo.script':
    'exécutez le script de « {command} » en tant qu’administrateur de la base de données',
  'doctorDo.joins-script':
    'exécutez le script de « {command} », donnez un mot de passe à son rôle, et nommez le fichier de sa chaîne de connexion',
  'doctorDo.population':
    'corrigez population.size : les plafonds de personnes se comptent d’après elle',
  'doctorDo.records': 'corrigez les données ou la description',
  'doctorDo.agreement': 'corrigez l’accord ou la description',
  'doctorDo.file': 'corrigez ou ôtez le fichier',
  'doctorDo.case-system': 'démarrez le système des dossiers, ou corrigez « cases.url »',
  'doctorDo.clock': 'réglez les deux par NTP',
  'doctorDo.next-version': 'nommez ce système des dossiers dans la prochaine version de l’accord',
  'doctorDo.cases': 'corrigez les réglages de « cases » ou sa description',
  'doctorDo.admin-address': 'corrigez « listen.admin », ou arrêtez l’autre programme',
  'doctorDo.again': 'puis essayez de nouveau : {command}',
}
