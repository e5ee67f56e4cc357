import type { personList as source } from '../en/person-list.ts'

/** The person's list in pages, and what is withheld from everybody, in French. */
export const personList: Readonly<Record<keyof typeof source, string>> = {
  'filter.title': 'N’en montrer qu’une partie',
  'filter.all': 'Toutes',
  'filter.organisation': 'Organisme',
  'filter.year': 'Année',
  'filter.outcome': 'Résultat',
  'filter.show': 'Montrer',
  'filter.clear': 'Tout montrer',
  'filter.found':
    '{count, plural, =0 {Rien ne correspond.} one {# entrée, page {page} sur {pages}.} other {# entrées, page {page} sur {pages}.}}',
  'pages.title': 'Pages de la liste',
  'pages.newer': 'Plus récentes',
  'pages.older': 'Plus anciennes',
  'pages.which': '{page} sur {pages}',
  'pages.suffix': '{title}, page {page} sur {pages}',
  'chain.long':
    'Cette page montre une partie de votre liste. S’il manque quelque chose, seule la liste entière peut le dire. La vérification dit pour chaque agence jusqu’à quand rien ne manque, ou que rien ne le montre.',
  'chain.checkAll': 'Vérifier la liste entière maintenant',
  'chain.elsewhere':
    'Ou téléchargez tout ci-dessous et vérifiez le fichier : sur la page ouverte à tous, ou sur n’importe quel ordinateur avec cette commande.',
  'withheld.title': 'Avis retenus',
  'withheld.text':
    'Un juge ou une autorité peut faire retenir l’avis d’une question pour un temps, d’un an au plus. Le nombre d’avis retenus est public dès le premier jour. Personne n’apprend si l’un d’eux vous concerne avant qu’il s’ouvre.',
  'withheld.none': 'Aucun avis n’est retenu pour qui que ce soit en ce moment.',
  'withheld.row':
    '{organisation} : {count, plural, one {# avis retenu} other {# avis retenus}} sur ordre de {authority}. Ils s’ouvrent d’eux-mêmes le {date}.',
  'withheld.opened':
    '{organisation} : {count, plural, one {# avis retenu} other {# avis retenus}} sur ordre de {authority}, ouverts le {date} ; ils figurent dans la liste de chaque personne concernée.',
  'breach.title': 'Une clé a été compromise',
  'breach.text':
    'Des faits sur vous sont sortis à un moment où une clé pouvait servir à quelqu’un d’autre. Les noms de ces faits figurent dans les entrées ci-dessous ; l’agence doit vous dire ce que vous pouvez faire.',
  'breach.row':
    '{organisation} : du {from} au {until} ; déclaré le {declared}, entrée {index} de son journal.',
  'public.title': '{organisation} : ce qui est montré à tous',
  'public.lead':
    'Ces faits sont les mêmes pour tous et ne demandent aucun compte. Chacun peut les comparer au journal publié.',
  'public.log': 'Le journal',
  'public.agreements': 'Accords en vigueur',
  'public.noAgreement': 'Aucun accord n’est en vigueur.',
  'public.moreAgreements':
    '{count, plural, one {# autre accord est indiqué} other {# autres accords sont indiqués}} par la passerelle à <code>/v1/agreements</code>.',
  'public.daysLeft':
    '{date} : {days, plural, =0 {plus aucun jour} one {encore # jour} other {encore # jours}}',
  'public.noYear': 'Aucune année n’est ouverte, donc aucun tableau n’est donné.',
  'public.budgetsText':
    'Les tableaux sur beaucoup de personnes portent un bruit qui cache chacune d’elles. Ce qui peut être dit en un an est fixé d’avance ; chaque dépense est une entrée du journal publié, et chacun peut en faire la somme.',
  'public.lock': 'Délai de prise d’effet',
  'public.lockText':
    'Ce qui permet de demander davantage est d’abord publié, et prend effet au plus tôt {time} après',
  'public.version': 'Programme',
  'counts.title': 'Les questions, mois par mois',
  'counts.text':
    'Comptées par blocs de vingt entrées et arrondies à la dizaine inférieure, pour que rien ne puisse en être déduit sur une personne. Le nombre total d’entrées est exact : chacun peut les compter dans le journal publié.',
  'counts.waiting': 'La passerelle lit son journal. Les comptes seront ici dans un instant.',
  'counts.caption': 'Ce que les questions sont devenues',
  'counts.month': 'Mois',
  'counts.exchanges': 'Entrées',
  'counts.entry': 'Dans le journal',
  'counts.running': '{month}, jusqu’ici',
  'counts.notYet': 'Quand le mois sera fini',
  'counts.fewer': 'moins de 10',
  'counts.from': '{count, number} ou plus',
  'sort.answered': 'Réponses données ici',
  'sort.denied': 'Refus donnés ici',
  'sort.asked': 'Posées à d’autres',
  'sort.received-answer': 'Réponses des autres',
  'sort.received-denial': 'Refus des autres',
  'sort.table-released': 'Tableaux donnés',
  'sort.table-refused': 'Tableaux refusés',
}
