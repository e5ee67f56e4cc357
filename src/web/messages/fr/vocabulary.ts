import type { vocabulary as source } from '../en/vocabulary.ts'

/** Plain words for the codes of purposes, facts, outcomes and processes, in French. */
export const vocabulary: Readonly<Record<keyof typeof source, string>> = {
  'outcome.permit': 'Répondue',
  'outcome.deny': 'Refusée',
  'outcome.sealed': 'Scellée',
  'process.gateway': 'Passerelle avec son registre et son journal',
  'process.witness': 'Témoin indépendant de tous les journaux',
  'process.peer-witness': 'Son témoin des journaux des autres',
  'process.inspector': 'Inspecteur, vérifie les deux côtés',
  'process.case-system': 'Logiciel de dossiers du logement',
  'process.consent-issuer': 'Émetteur des consentements, consulte la personne',
  'process.pages': 'Ces pages',
  'who.witness': 'Témoin',
  'who.demo': 'Démonstration',
  'disposal.delete': 'Ensuite, elle est effacée.',
  'disposal.anonymise': 'Ensuite, elle est rendue anonyme.',
  'disposal.return': 'Ensuite, elle est rendue.',
  'purpose.service': 'Décider d’une prestation demandée ou reçue, ou la maintenir',
  'purpose.requested-check': 'Faire une vérification que la personne a demandée',
  'purpose.care': 'Soigner ou accompagner quelqu’un',
  'purpose.schooling': 'Donner une place ou un soutien à l’école',
  'purpose.official-statistics':
    'Compter pour la statistique publique, où personne ne peut être reconnu',
  'purpose.benefit-control':
    'Contrôler une prestation reçue ; il y a le temps de contester avant tout changement',
  'element.income_below_limit': 'Si le revenu est sous le plafond de l’aide au loyer',
  'element.annual_income': 'Revenu d’une année',
  'element.benefit_monthly': 'Prestation par mois',
  'element.benefit_kind': 'Sorte de prestation',
  'element.child_allowance': 'Allocation pour enfants par mois',
  'element.household_size': 'Nombre de personnes du foyer',
  'element.employment': 'Sorte d’emploi',
  'element.care_degree': 'Degré de soins',
  'element.postcode': 'Zone postale',
  'element.dependants': 'Nombre d’enfants à charge',
  'element.income_band': 'Tranche de revenu',
  'element.age_group': 'Tranche d’âge',
  'element.district': 'District',
  'element.tenure': 'Statut d’occupation',
  'element.monthly_rent': 'Loyer mensuel',
  'element.residents': 'Habitants',
  'cap.perOfficialPerDay': 'L’agent a posé autant de questions qu’on peut en poser en un jour',
  'cap.subjectsPerCase': 'Ce dossier a interrogé sur autant de personnes qu’un dossier le peut',
  'cap.distinctSubjectsPer30Days':
    'L’administration a interrogé sur autant de personnes qu’elle le peut en 30 jours',
  'cap.perSubjectPer30Days':
    'Autant de questions sur cette personne que ce qui est permis en 30 jours',
  'cap.perOfficialPer30Days':
    'L’agent a posé autant de questions d’urgence qu’on peut en poser en 30 jours',
  'cap.perAgreementPer30Days':
    'Autant de questions d’urgence que ce qui est permis en 30 jours ont été posées',
  'cap.locatingTriesPerCase':
    'Ce dossier a utilisé son seul essai de comparer une adresse ou un employeur',
  'cap.agreementSubjects30Days': 'Plus de personnes en 30 jours que ce pour quoi l’accord est fait',
  'cap.agreementSubjectsYear': 'Plus de personnes en un an que ce pour quoi l’accord est fait',
  'cap.consumerSubjects30Days': 'Plus de personnes en 30 jours que ce qu’une administration peut',
  'cap.consumerSubjectsYear': 'Plus de personnes en un an que ce qu’une administration peut',
  'cap.thresholdsPerSubject': 'Plus de seuils essayés sur cette personne que ce qui est permis',
}
