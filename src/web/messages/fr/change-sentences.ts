import type { ChangeSentence } from '../../../agreement/index.ts'

/** What changes between two versions of an agreement, in French. */
export const changeSentences: Readonly<Record<ChangeSentence, string>> = {
  'changeSays.kind': 'le genre d’accord change',
  'changeSays.id': 'sous un autre nom, chaque plafond compte à partir de zéro',
  'changeSays.provider': 'une autre organisation répond',
  'changeSays.consumer': 'une autre organisation demande',
  'changeSays.purpose': 'la finalité change',
  'changeSays.legalReference': 'la loi citée change',
  'changeSays.justification': 'la justification change',
  'changeSays.expectedResults': 'les résultats attendus changent',
  'changeSays.verificationProcedure': 'la façon de vérifier les réponses change',
  'changeSays.dpiaReference': 'l’analyse d’impact change',
  'changeSays.caseRule': 'celui qui prouve les dossiers change',
  'changeSays.presence': 'ce qu’une réponse dit des personnes absentes du registre change',
  'changeSays.notice': 'le moment où les personnes apprennent une question change',
  'changeSays.join':
    'le registre avec lequel on joint, ce par quoi on joint ou celui qui peut auditer change',
  'changeSays.basis-added': '{basis} devient une base légale',
  'changeSays.basis-gone': '{basis} n’est plus une base légale',
  'changeSays.element-added': '« {element} » peut aussi être demandé',
  'changeSays.element-gone': '« {element} » ne peut plus être demandé',
  'changeSays.element-other':
    '« {element} » demande autre chose ; un seuil changé est toujours plus large',
  'changeSays.element-guarded': '« {element} » exige désormais le consentement de la personne',
  'changeSays.element-category': '« {element} » est d’une autre catégorie',
  'changeSays.countersigned': 'le contreseing d’un inspecteur lève les plafonds de personnes',
  'changeSays.approximateNumber': 'le nombre de personnes passe de {before} à {now}',
  'changeSays.retention': 'les jours de conservation des réponses passent de {before} à {now}',
  'changeSays.contest': 'les jours pour contester passent de {before} à {now}',
  'changeSays.perQuestion':
    'le budget d’une question passe de {before} à {now} millionièmes d’epsilon',
  'changeSays.perYear': 'le budget d’une année passe de {before} à {now} millionièmes d’epsilon',
  'changeSays.cap': 'le plafond {cap} passe de {before} à {now}',
  'changeSays.condition-gone': 'la condition {condition} tombe ou change',
  'changeSays.condition-added': 'la condition {condition} doit aussi être remplie',
  'changeSays.issuer-added': 'quelqu’un d’autre peut attester le consentement',
  'changeSays.issuer-gone': 'quelqu’un ne peut plus attester le consentement',
  'changeSays.disposal': 'le sort des réponses à la fin change',
  'changeSays.begin': 'il commence le {now} au lieu du {before}',
  'changeSays.end': 'il finit avec le {now} au lieu du {before}',
  'changeSays.delta': 'la probabilité d’une perte plus grande de vie privée change',
}
