import type { demoHome as source } from '../en/demo-home.ts'

/** The demo's front door and its attempts to cheat, in French. */
export const demoHome: Readonly<Record<keyof typeof source, string>> = {
  'home.title': 'Trois administrations, aucune base commune',
  'home.lead':
    'Chaque administration garde son registre derrière son propre mur. Une question sur une personne peut passer, si un accord le permet. Chaque question laisse une trace que personne ne peut effacer.',
  'home.four':
    'La demande <strong>« donnez-moi les personnes qui … »</strong> n’existe pas ici : aucune page, aucun message et aucune commande ne peut faire une liste de personnes.',
  'home.picture':
    'Trois pièces côte à côte : logement, impôts et sécurité sociale. Une question passe du logement aux impôts à travers la cloison, et une réponse revient. Sous les pièces court un journal, avec une marque par question.',
  'home.room.housing': 'Logement',
  'home.room.tax': 'Impôts',
  'home.room.social': 'Sécurité sociale',
  'home.processes': 'Ce qui fonctionne en ce moment',
  'home.processesLead':
    'Ce sont des programmes séparés, avec leurs propres clés et dossiers. Aucun ne peut lire le registre d’un autre.',
  'home.process': 'Port {port} · processus {pid}',
  'home.limit.agreements':
    'Si un accord entre deux administrations est une bonne idée. Elle montre seulement que rien n’a été répondu en dehors d’elle.',
  'home.limit.outside':
    'Ce que les gens font sans Cloison : deux administrations peuvent toujours s’envoyer un tableau par courriel.',
  'story.title': 'L’histoire en six étapes',
  'story.ask.title': 'Un agent demande une seule chose',
  'story.ask.text':
    'Le revenu de cette personne est-il sous le plafond de l’aide au loyer ? Une personne, un dossier ouvert, un fait.',
  'story.ask.link': 'Être un agent',
  'story.answer.title': 'Les impôts décident',
  'story.answer.text':
    'Ils vérifient accord, finalité, dossier et plafonds, écrivent l’entrée, et seulement alors disent oui ou non. Le revenu reste où il est.',
  'story.answer.link': 'Voir la trace de l’agent',
  'story.witness.title': 'Un témoin signe le journal',
  'story.witness.text':
    'Un témoin indépendant signe la tête de chaque journal. Dès lors, personne ne peut le réécrire sans que cela se voie.',
  'story.witness.link': 'Voir les têtes',
  'story.person.title': 'La personne le voit',
  'story.person.text':
    'Qui a demandé, quand, pourquoi, selon quelle loi et quels faits. Les questions refusées aussi.',
  'story.person.link': 'Être la personne',
  'story.verify.title': 'Tout le monde peut vérifier',
  'story.verify.text':
    'Le navigateur recalcule chaque preuve. Une commande le fait aussi, hors ligne et sans compte.',
  'story.verify.link': 'Vérifier les preuves',
  'story.cheat.title': 'Essayez maintenant de tricher',
  'story.cheat.text':
    'Enfreignez les règles exprès et voyez ce qui vous arrête, et ce que vous laissez derrière vous.',
  'story.cheat.link': 'Aller aux boutons',
  'cheat.title': 'Essayer de tricher',
  'cheat.lead':
    'Chaque bouton lance une vraie attaque contre les administrations en marche et montre ce qui l’a arrêtée.',
  'cheat.try': 'Essayer',
  'cheat.caption': 'Essai de tricherie',
  'cheat.enumerate.title': 'Demander pour tout le monde',
  'cheat.enumerate.text':
    'Utiliser un accord valable et passer d’une personne à l’autre pour faire une liste.',
  'cheat.edit-log.title': 'Modifier le journal',
  'cheat.edit-log.text':
    'Changer un octet d’une entrée déjà publiée, comme pourrait le faire un administrateur.',
  'cheat.no-case.title': 'Demander sans dossier',
  'cheat.no-case.text': 'Poser une question sur quelqu’un qui n’a aucun dossier ouvert.',
  'cheat.restore.title': 'Remettre les fichiers d’hier',
  'cheat.restore.text':
    'Restaurer d’une sauvegarde un état, une mémoire de tête ou un journal publié plus anciens, dans les sept combinaisons, sur une copie faite pour cela.',
  'cheat.progress': '{done} essais faits sur {total}. Chacun démarre sa propre passerelle.',
  'cheat.lookAgain': 'Voir où cela en est',
  'restore.caption': 'Fichiers plus anciens remis en place, et qui l’a remarqué',
  'restore.what': 'Remis en place',
  'restore.outcome': 'Le démarrage',
  'restore.refused': 'Refusé',
  'restore.noticedBy': 'Remarqué par',
  'restore.part.state': 'Base d’état',
  'restore.part.head': 'Mémoire de tête',
  'restore.part.folder': 'Journal publié',
  'restore.by.state': 'La base d’état',
  'restore.by.head': 'La mémoire de tête',
  'restore.by.folder': 'Le journal publié',
  'restore.by.memory': 'La mémoire de ce que la passerelle a publié',
  'restore.by.witness': 'Le témoin',
  'cheat.stoppedBy': 'Ce qui l’a arrêtée',
  'cheat.steps': 'Ce qui a été tenté',
  'cheat.left': 'Ce qui en reste',
  'cheat.entry': 'Entrée',
  'cheat.entryKind': 'Sorte d’entrée',
  'cheat.noEntry': 'Aucune : la tentative n’est pas allée jusqu’au point où une entrée est écrite',
  'cheat.again': 'Essayer autrement',
}
