import type { verify as source } from '../en/verify.ts'

/** The page on which anybody checks the logs, in French. */
export const verify: Readonly<Record<keyof typeof source, string>> = {
  'verify.title': 'Vérifier les journaux vous-même',
  'verify.lead':
    'Chaque administration tient un journal de toutes les questions. Vous n’avez pas à les croire, ni à croire cette page : voici comment vérifier.',
  'verify.heads': 'Les journaux aujourd’hui',
  'verify.headsText':
    'Une tête représente tout le journal : si un seul octet d’une entrée changeait, sa racine changerait aussi. Des témoins signent chaque tête, pour que tout le monde voie la même.',
  'verify.size': 'Taille',
  'verify.origin': 'Nom du journal',
  'verify.root': 'Racine',
  'verify.witnesses': 'Signée par',
  'verify.note': 'La tête signée, mot pour mot',
  'verify.receipts': 'Les questions sur vous',
  'verify.receiptsText': 'Votre propre page a un reçu pour chaque question sur vous.',
  'verify.receiptsLink': 'Vérifier vos reçus',
  'verify.file': 'Vérifier un fichier téléchargé',
  'verify.fileText': 'Votre navigateur lit le fichier et le vérifie. Il ne l’envoie nulle part.',
  'verify.fileLabel': 'Fichier avec preuves',
  'verify.fileHolds':
    'Toutes les preuves de ce fichier tiennent, et aucune entrée ne manque jusqu’aux moments indiqués.',
  'verify.filePart':
    'Toutes les preuves de ce fichier tiennent. Il ne montre pas pour chaque agence qu’aucune entrée ne manque.',
  'verify.fileFails':
    'Toutes les preuves de ce fichier ne tiennent pas. Gardez-le et montrez-le à l’inspecteur.',
  'verify.fileUnreadable': 'Ce n’est pas un fichier avec preuves.',
  'verify.yourself': 'Vérifier sans aucune page',
  'verify.yourselfText':
    'Ces commandes lisent les journaux publiés du début à la fin, recalculent chaque empreinte et nomment l’entrée si l’une a été changée.',
  'verify.download': 'Télécharger les têtes et les clés',
  'proofReason.witnessed':
    'Dans le journal, sous un état de celui-ci que suffisamment de témoins ont cosigné',
  'proofReason.whole': 'Aucune entrée ne manque',
  'proofReason.few': 'Trop peu de témoins l’ont cosigné',
  'proofReason.unlinked': 'Rien ne relie encore le reçu à l’état publié du journal',
  'proofReason.behind': 'L’état publié du journal n’atteint pas encore cette entrée',
  'proofReason.headless': 'Il n’y a pas d’état publié du journal auquel comparer le reçu',
  'proofReason.forked': 'Le reçu et l’état publié ne sont pas d’un même journal',
  'proofReason.stranger': 'C’est d’un journal dont la clé n’est pas connue ici',
  'proofReason.outside': 'Ce n’est pas dans le journal à l’endroit que dit le reçu',
  'proofReason.altered': 'Cela ne dit pas ce à quoi le journal s’est engagé',
  'proofReason.differs': 'La page ne montre pas ce que dit l’enregistrement',
  'proofReason.incomplete': 'La page ne montre pas toutes les entrées de la liste',
  'proofReason.epoch': 'Rien ne prouve que cette liste est celle de son époque close',
  'proofReason.mixed': 'Les listes sont celles de personnes différentes',
  'proofReason.broken': 'Une entrée manque, a été ajoutée ou ne suit pas celle d’avant',
  'proofReason.unsigned': 'Ce n’est pas signé comme il le faut',
  'proofReason.unreadable': 'Ce n’est pas écrit comme le veut la spécification',
  'verify.limit.keys':
    'Si les clés sont les bonnes : c’est cette page qui les apporte. Comparez-les avec des clés obtenues autrement, ou utilisez la commande avec les vôtres.',
  'verify.limit.code':
    'Si le programme de cette page est honnête : c’est l’administration qui le fournit. La commande est à vous.',
  'verify.limit.outside': 'Si une question a été posée sans Cloison, là où rien n’est noté.',
}
