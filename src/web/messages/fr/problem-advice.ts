import type { AdviceKey } from '../en/problem-advice.ts'

/** What to do about each problem of an agreement, in French. */
export const problemAdvice: Readonly<Record<AdviceKey, string>> = {
  'problemDo.NOT_CANONICAL':
    'Ôtez les caractères qui ne s’impriment pas, et écrivez les lettres accentuées en un caractère.',
  'problemDo.UNKNOWN_KEY': 'Corrigez la clé, ou ôtez-la avec sa valeur.',
  'problemDo.FIELD_INVALID': 'Corrigez la valeur.',
  'problemDo.PURPOSE_UNKNOWN': 'Choisissez une des finalités proposées.',
  'problemDo.RULE_PARTIES':
    'Nommez des organisations différentes, quatre pour une jointure ; chacune signe une fois, un inspecteur n’est pas une partie.',
  'problemDo.RULE_TERM':
    'Choisissez un dernier jour après le premier et 18 mois plus tard au plus ; renouvelez ensuite.',
  'problemDo.RULE_ELEMENT':
    'Donnez à chaque élément un nom à lui, une question et deux seuils au plus.',
  'problemDo.RULE_PROTECTED':
    'Nommez quelqu’un d’indépendant qui atteste le consentement et une base du RGPD 9(2), ou renoncez à l’élément.',
  'problemDo.RULE_LOCATING':
    'Comparez avec ce qu’apporte la question, ou nommez quelqu’un d’indépendant qui atteste le consentement.',
  'problemDo.RULE_CONSENT_ISSUER':
    'Nommez quelqu’un qui n’est ni celui qui demande ni son système des dossiers.',
  'problemDo.RULE_CAPS': 'Abaissez la limite à ce plafond.',
  'problemDo.RULE_NOTICE': 'Que l’avis s’ouvre dans la durée et dans les 12 mois.',
  'problemDo.RULE_CONTEST': 'Laissez au moins 30 jours à la personne.',
  'problemDo.RULE_BUDGET': 'Abaissez le budget à ce plafond.',
  'problemDo.REGISTER_MISMATCH':
    'Comparez registre, fait et seuil avec la description du registre.',
  'problemDo.SUPERSEDES_MISMATCH':
    'Nommez l’accord précédent entre les deux mêmes par nom, version et empreinte.',
  'problemDo.LOCK_TOO_SHORT': 'Fixez un délai que la base légale permet.',
  'problemDo.VALUE_MISMATCH': 'Comparez le prédicat avec la description du registre.',
}
