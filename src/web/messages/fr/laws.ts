import type { laws as source } from '../en/laws.ts'

/** Legal bases in plain words, in French. */
export const laws: Readonly<Record<keyof typeof source, string>> = {
  'law.eu-gdpr:A6-1-a': 'Consentement (RGPD, article 6, 1, a)',
  'law.eu-gdpr:A6-1-b': 'Contrat (RGPD, article 6, 1, b)',
  'law.eu-gdpr:A6-1-c': 'Obligation légale (RGPD, article 6, 1, c)',
  'law.eu-gdpr:A6-1-d': 'Intérêts vitaux (RGPD, article 6, 1, d)',
  'law.eu-gdpr:A6-1-e': 'Mission d’intérêt public (RGPD, article 6, 1, e)',
  'law.eu-gdpr:A6-1-f': 'Intérêts légitimes (RGPD, article 6, 1, f)',
  'law.eu-gdpr:A9-2-a': 'Consentement explicite (RGPD, article 9, 2, a)',
  'law.eu-gdpr:A9-2-b': 'Droit du travail et de la protection sociale (RGPD, article 9, 2, b)',
  'law.eu-gdpr:A9-2-c':
    'Intérêts vitaux d’une personne qui ne peut consentir (RGPD, article 9, 2, c)',
  'law.eu-gdpr:A9-2-d': 'Membres d’un organisme sans but lucratif (RGPD, article 9, 2, d)',
  'law.eu-gdpr:A9-2-e': 'Rendu public par la personne (RGPD, article 9, 2, e)',
  'law.eu-gdpr:A9-2-f': 'Droits en justice (RGPD, article 9, 2, f)',
  'law.eu-gdpr:A9-2-g': 'Intérêt public important (RGPD, article 9, 2, g)',
  'law.eu-gdpr:A9-2-h': 'Soins de santé ou accompagnement social (RGPD, article 9, 2, h)',
  'law.eu-gdpr:A9-2-i': 'Santé publique (RGPD, article 9, 2, i)',
  'law.eu-gdpr:A9-2-j': 'Archives, recherche et statistiques (RGPD, article 9, 2, j)',
  'law.usc:552a-b-1': 'Agents qui en ont besoin pour leur fonction (5 U.S.C. 552a(b)(1))',
  'law.usc:552a-b-2': 'Publication obligatoire (5 U.S.C. 552a(b)(2))',
  'law.usc:552a-b-3': 'Usage courant (5 U.S.C. 552a(b)(3))',
  'law.usc:552a-b-4': 'Recensement (5 U.S.C. 552a(b)(4))',
  'law.usc:552a-b-5': 'Recherche statistique (5 U.S.C. 552a(b)(5))',
  'law.usc:552a-b-6': 'Archives nationales (5 U.S.C. 552a(b)(6))',
  'law.usc:552a-b-7': 'Demande écrite de la police (5 U.S.C. 552a(b)(7))',
  'law.usc:552a-b-8': 'Urgence de santé ou de sécurité (5 U.S.C. 552a(b)(8))',
  'law.usc:552a-b-9': 'Congrès (5 U.S.C. 552a(b)(9))',
  'law.usc:552a-b-10': 'Cour des comptes fédérale (5 U.S.C. 552a(b)(10))',
  'law.usc:552a-b-11': 'Décision de justice (5 U.S.C. 552a(b)(11))',
  'law.usc:552a-b-12': 'Agence d’information sur la solvabilité (5 U.S.C. 552a(b)(12))',
}
