import type { reportSentences as english } from '../en/report-sentences.ts'

/** Sentences that reports say, in French. */
export const reportSentences: Readonly<Record<keyof typeof english, string>> = {
  'reportSays.attribute': 'la valeur elle-même',
  'reportSays.predicate': 'oui ou non seulement',
  'reportSays.needs-consent': 'seulement avec le consentement de la personne',
  'reportSays.notice-tables':
    'Personne n’est visé en particulier, donc personne n’est informé ; les tableaux sont publics.',
  'reportSays.notice-immediate': 'La personne voit aussitôt chaque question sur sa propre page.',
  'reportSays.notice-withheld':
    'Différé par l’ordre d’une autorité, compté publiquement, ouvert de lui-même au plus tard à son terme',
  'reportSays.contest':
    'La personne a ce délai pour contester avant qu’une réponse puisse lui nuire',
  'reportSays.contest-tables': 'Aucune décision sur une personne n’est prise d’après un tableau.',
  'reportSays.security':
    'Chaque question et réponse est signée, chiffrée en transit et inscrite dans les deux journaux avant de partir ; chaque entrée peut être prouvée.',
  'reportSays.no-redisclosure':
    'Selon l’accord, les réponses ne sont jamais transmises à d’autres.',
  'reportSays.return':
    'Selon l’accord, une réponse ne sert que dans son dossier et n’est pas recopiée dans un autre registre.',
  'reportSays.accuracy':
    'Le fournisseur répond d’après son registre au moment de la question ; les rectifications sont notifiées à chaque destinataire antérieur.',
  'reportSays.comptroller':
    'Le contrôleur général peut accéder à tous les documents nécessaires au contrôle du respect de l’accord.',
  'reportSays.transfers': 'Aucun par Cloison : une réponse va au seul destinataire.',
  'reportSays.rights':
    'Vous pouvez demander l’accès, la rectification, l’effacement et la limitation, et vous opposer.',
  'reportSays.complaint':
    'Vous pouvez introduire une réclamation auprès d’une autorité de contrôle.',
  'reportSays.sealed':
    'Cela concerne le dossier d’une autre personne : rien de plus n’est dit ici, et un inspecteur peut l’ouvrir.',
  'reportSays.automated': 'Cloison ne décide rien à votre sujet ; un agent le fait.',
  'reportSays.values':
    'Le journal contient les noms des données, jamais leurs valeurs. Demandez une copie des valeurs à l’organisation.',
  'reportSays.role-provider': 'Elle tient le registre et répond',
  'reportSays.role-consumer': 'Elle pose les questions',
  'reportSays.measure-one-person':
    'Une question porte sur une personne dans un dossier ouvert ; aucun message ne peut demander une liste.',
  'reportSays.measure-case':
    'Le système des dossiers signe que le dossier est ouvert, que l’agent le traite et que la personne y est partie.',
  'reportSays.measure-trace':
    'Chaque question, même refusée, est une entrée avant qu’une réponse parte.',
  'reportSays.measure-caps':
    'Des plafonds de questions et de personnes s’appliquent dans l’étape même qui répond.',
  'reportSays.measure-time-lock': 'Tout ce qui élargit l’accès est d’abord public et attend.',
  'reportSays.measure-witnesses':
    'Des témoins indépendants signent le journal : aucune entrée ne peut être retirée.',
  'reportSays.measure-no-copies':
    'Les registres restent où ils sont ; seule une réponse circule, jamais une copie.',
  'reportSays.measure-consent':
    'Les données protégées ne sont données qu’avec un consentement à cette seule question, signé par un émetteur indépendant.',
  'reportSays.measure-tables-noise':
    'Les tableaux comportent un bruit qui cache chaque personne (confidentialité différentielle).',
  'reportSays.measure-budget':
    'Un registre public compte ce que chaque tableau dépense et s’arrête à une limite annuelle.',
  'reportSays.measure-notice':
    'La personne voit chaque entrée sur sa page, avec les preuves, et que rien ne manque.',
  'reportSays.measure-register': 'L’accord et toutes ses clauses figurent dans le journal public.',
  'reportSays.measure-contest':
    'Un délai permet de contester avant qu’une réponse puisse nuire à la personne.',
  'reportSays.measure-outside':
    'Rien ici ne l’empêche ; les règles et contrôles de l’organisation le doivent.',
  'reportSays.risk-list': 'Quelqu’un constitue une liste de personnes',
  'reportSays.risk-curiosity': 'Un agent consulte une personne sans nécessité',
  'reportSays.risk-secrecy': 'Quelqu’un cache qu’une question a été posée',
  'reportSays.risk-expansion': 'L’usage s’étend sans que personne le remarque',
  'reportSays.risk-error': 'Une valeur fausse ou ancienne nuit à la personne',
  'reportSays.risk-outside': 'Une réponse est recopiée hors de Cloison, ou un écran photographié',
  'reportSays.risk-singling-out': 'Quelqu’un apprend quelque chose d’une personne par des tableaux',
  'reportSays.breach-consequences':
    'Qui avait la clé pouvait voir ou laisser passer les réponses comptées ici. Chaque personne voit sur sa page de quelles données il s’agissait.',
  'reportSays.breach-measures':
    'Une clé révoquée dans l’annuaire ne signe plus rien qui compte à partir de cette entrée.',
  'reportSays.breach-notice':
    'Chaque personne concernée trouve un avis sur sa propre page. Personne ne reçoit de liste.',
}
