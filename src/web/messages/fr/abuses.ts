import type { abuses as english } from '../en/abuses.ts'

/** The same in French. */
export const abuses: Record<keyof typeof english, string> = {
  'home.abuses':
    'Ces boutons sont des attaques inventées. Ce qui est arrivé à de vrais registres est rejoué sur une page à part.',
  'home.abusesLink': 'Rejouer des abus documentés',
  'home.doors': 'Une porte d’entrée par rôle',
  'home.doorsLead':
    'Chaque porte a son nom d’hôte, sa connexion et sa session. Des personnages tout prêts attendent à la connexion.',
  'door.caseworker.title': 'Agent',
  'door.caseworker.text': 'Demander une chose sur une personne, dans un dossier.',
  'door.person.title': 'Personne',
  'door.person.text': 'Voir qui a posé des questions sur vous, pourquoi et selon quelle loi.',
  'door.analyst.title': 'Analyste',
  'door.analyst.text': 'Commander un tableau qui ne nomme personne, à un prix connu d’avance.',
  'door.dpo.title': 'Délégué à la protection des données',
  'door.dpo.text': 'Accords, plafonds utilisés, signaux et demandes des personnes.',
  'door.inspector.title': 'Inspecteur',
  'door.inspector.text': 'Confronter les deux côtés sans se fier à aucun.',
  'door.admin.title': 'Administrateur',
  'door.admin.text': 'L’état de la passerelle. Chaque acte est une entrée.',
  'door.public.title': 'Tout le monde',
  'door.public.text': 'Accords en vigueur, décomptes et têtes, sans connexion.',
  'door.verify.title': 'Quiconque doute',
  'door.verify.text': 'Vérifier les journaux dans le navigateur ou par une commande.',
  'cheat.spend-twice.title': 'Dépenser deux fois le dernier budget',
  'cheat.spend-twice.text':
    'Demander six tableaux au même instant, quand le budget de confidentialité n’en paie qu’un.',
  'cheat.other-purpose.title': 'Emprunter la finalité d’un autre accord',
  'cheat.other-purpose.text':
    'Demander sous un accord ce qu’elle ne nomme pas, puis une finalité qui relève d’une autre.',
  'abuse.title': 'C’est arrivé. Ici, cela n’arrive pas',
  'abuse.lead':
    'Six abus documentés de registres de personnes, tels que les rapportent la presse, les auditeurs et les tribunaux. Chaque bouton fait de même contre les administrations en marche.',
  'abuse.there': 'Ce qui est arrivé',
  'abuse.here': 'Ce qui arrive ici',
  'abuse.source': 'Source : {source}',
  'abuse.run': 'Exécuter',
  'abuse.caption': 'Ce qui est arrivé, rejoué',
  'abuse.again': 'En rejouer un autre',
  'abuse.addresses.title': '1,28 million d’adresses d’un coup',
  'abuse.addresses.there':
    'En août 2025, on demanda à une administration fiscale 1,28 million d’adresses d’un coup. Elle en livra environ 47 300 le lendemain. Un juge compta environ 42 695 violations de la loi ; des mentions comme « Failed to Provide » étaient passées pour des adresses.',
  'abuse.addresses.here':
    'Aucun message ne nomme deux personnes. Où vit quelqu’un n’est dit qu’avec son consentement. Une à une, chaque question exige un dossier et compte dans les plafonds.',
  'abuse.addresses.source':
    'Center for Taxpayer Rights v. IRS, comptes rendus judiciaires et de presse',
  'abuse.victim.title': 'Une victime consultée 158 fois',
  'abuse.victim.there':
    'Au Minnesota, 110 utilisateurs de 59 services consultèrent une victime de meurtre 158 fois en un mois. L’audit de 2013 trouva des recherches douteuses chez 53 % de 11 000 utilisateurs. Aucune n’exigeait de motif.',
  'abuse.victim.here':
    'Seuls ceux dont c’est le dossier peuvent demander, et pas plus souvent que prévu. Chaque essai est une entrée que la personne voit.',
  'abuse.victim.source': 'Minnesota Office of the Legislative Auditor, 2013 ; presse',
  'abuse.years.title': '3 300 personnes en 22 mois',
  'abuse.years.there':
    'Au Danemark, une seule personne employée d’un office d’immigration aurait consulté 3 300 dossiers en 22 mois avant que quiconque le remarque.',
  'abuse.years.here':
    'Nul n’est consulté par curiosité : sans dossier, pas de réponse, dès la première personne. Les refus sont comptés et deviennent un signal.',
  'abuse.years.source': 'Presse danoise',
  'abuse.sold.title': 'Des fiches vendues 30 euros pièce',
  'abuse.sold.there':
    'Aux Pays-Bas, en 2020 et 2021, des employés de centres d’appels des services de santé vendirent des fiches 30 à 50 euros pièce, et par dizaines de milliers en gros. Des milliers de personnes pouvaient chercher et exporter librement.',
  'abuse.sold.here':
    'Il n’y a ni recherche ni export : une question nomme une personne et un dossier, un tableau ne nomme personne.',
  'abuse.sold.source': 'NOS, 2021 ; presse',
  'abuse.copied.title': 'Une copie vivante que personne ne contrôle',
  'abuse.copied.there':
    'Selon un lanceur d’alerte, une copie vivante d’un registre de 548 millions de numéros fut placée sur un serveur à deux administrateurs, sans audit vérifié. En janvier 2026, l’administration dit à un tribunal ne pouvoir établir ce qui fut partagé depuis le serveur d’un tiers.',
  'abuse.copied.here':
    'Une clé volée n’obtient rien sans l’attestation du système de dossiers. Les actes des administrateurs sont aussi au journal, et un journal modifié est découvert par quiconque le lit.',
  'abuse.copied.source':
    'le signalement publié (une allégation), un acte de procédure du 16 janvier 2026, la presse',
  'abuse.shared.title': 'Des agents impossibles à distinguer',
  'abuse.shared.there':
    'En Hesse, des menaces suivirent des consultations dans les systèmes de la police. Les agents n’ont pu être identifiés, car ils partageaient leurs comptes ; une chanteuse fut consultée 83 fois pendant un concert.',
  'abuse.shared.here':
    'Chaque question a son agent, affecté au dossier, connecté depuis moins de 15 minutes.',
  'abuse.shared.source': 'presse sur les procédures NSU 2.0',
  'step.nothing': 'Rien ne l’a arrêté',
  'step.unexplained': 'Refusé avec le code {code}',
  'step.verified': 'Il est vérifié : chaque entrée est celle qui a été signée',
  'step.unpublished': 'Il ne se vérifie pas encore : la copie est tombée entre deux publications',
  'step.problem': '{what} (fichier {file})',
  'step.problemAt': '{what} (entrée {entry, number}, fichier {file})',
  'step.entries': '{count, plural, one {# entrée} many {# entrées} other {# entrées}}',
  'cheat.victim': 'L’essai portait sur {name}, qui voit le refus sur sa propre page.',
  'cheat.victimLink': 'Se connecter comme cette personne',
}
