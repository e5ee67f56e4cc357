import type { officeReports as source } from '../en/office-reports.ts'

/** Reports on the pages of data protection officers, in French. */
export const officeReports: Readonly<Record<keyof typeof source, string>> = {
  'section.reports': 'Rapports',
  'reports.lead':
    'Les documents que la loi demande, tirés d’eux-mêmes des accords et du journal. Qui reçoit le rapport peut recalculer chaque chiffre.',
  'reports.madeNow': 'Faits pendant cette visite',
  'reports.line': '{report}, du {from} au {until}',
  'reports.running': 'en cours',
  'reports.made': 'prêt',
  'reports.refused': 'pas fait',
  'reports.ofPersons': 'Rapports sur une personne',
  'reports.ofPersonsText':
    'Ce qu’on dit à une personne, et à qui va une correction à son sujet, est à cette personne : elle le trouve sur sa page. Si quelqu’un le demande par lettre, on le fait sur votre propre machine :',
  'reports.from': 'Premier jour',
  'reports.fromHint': 'En UTC, comme 2026-01-01.',
  'reports.until': 'Dernier jour',
  'reports.untilHint':
    'Il est aussi dans le rapport. Aujourd’hui est permis : le rapport a ce qui s’est passé jusqu’à maintenant.',
  'reports.agreement': 'Accord',
  'reports.agreementHint': 'Le rapport porte sur un seul, ou sur tous.',
  'reports.allAgreements': 'Tous les accords',
  'reports.entry':
    'Qu’un rapport a été fait devient une entrée de votre journal : qui le montre peut y être tenu. Elle ne nomme personne.',
  'reports.make': 'Faire le rapport',
  'reports.dayMissing': 'Écrivez un jour comme 2026-01-31',
  'reports.untilBefore': 'Le dernier jour est avant le premier',
  'reports.fromAhead': 'Le premier jour n’est pas encore venu',
  'reports.period': 'Du {from} au {until}',
  'reports.runningFor':
    'Le journal est lu et compté. {age} jusqu’ici ; la page regarde à nouveau d’elle-même.',
  'reports.lookAgain': 'Regarder à nouveau',
  'reports.notMade': 'Le rapport n’a pas été fait',
  'reports.otherCode': 'Donnez le code ci-dessous à qui exploite la passerelle.',
  'reportCode.REPORT_PENDING':
    'La partie la plus récente du journal n’est pas encore attestée. Réessayez dans une minute.',
  'reportCode.REPORT_AGREEMENT_UNKNOWN': 'La passerelle ne connaît pas cet accord.',
  'reportCode.LOG_UNAVAILABLE':
    'Le journal ne prend pas d’entrée en ce moment. Demandez à un administrateur de regarder.',
  'reports.holds':
    'Chaque chiffre ci-dessous a été recalculé à partir des preuves du fichier, et tient.',
  'reports.print': 'Télécharger pour lire et imprimer',
  'reports.json': 'Télécharger avec ses preuves (JSON)',
  'reports.printHint':
    'Le premier fichier est une page qui n’a besoin de rien d’autre : ouvrez-la et imprimez-la, sur papier ou en PDF. Le second est ce que d’autres vérifient.',
  'reports.pdfText':
    'Ou faites imprimer un PDF du second fichier, sur votre propre machine et avec son Chromium ; une passerelle ne lance pas de navigateur.',
  'reports.proven': 'Comment chaque chiffre est prouvé',
  'reports.heads': 'Tête du journal',
  'reports.headOf': '{origin} : {size, number} entrées, signée et attestée',
  'reports.figures': '{count, plural, one {# chiffre} other {# chiffres}}',
  'reportRule.entries':
    'Compté à partir d’entrées publiques. Chacune est dans le fichier avec sa preuve, donc chacun peut recompter.',
  'reportRule.exchanges':
    'Compté à partir d’entrées sur des échanges, qui nomment des personnes et sont fermées. Un inspecteur recompte à partir d’une copie scellée du journal.',
  'reportRule.agreement': 'Écrit dans un accord signé que le journal a publié.',
  'reportRule.chain':
    'Compté à partir de la chaîne de la personne, que le journal prouve complète.',
  'reports.verifyText':
    'Qui reçoit le fichier JSON le vérifie sans vous faire confiance, sur sa propre machine, contre le journal tel qu’il est publié :',
  'reportAbout.accounting':
    'À qui des faits ont été donnés, pourquoi, et combien de fois. Il ne nomme personne.',
  'reportAbout.matching': 'Chaque accord dans les termes de la loi, et leur registre public.',
  'reportAbout.integrity':
    'L’année : programmes, refus, alertes, et tout ce qui a été fait à la main.',
  'reportAbout.ropa':
    'Ce qui est traité, pourquoi, pour qui et combien de temps : une partie par accord.',
  'reportAbout.notice':
    'Ce qu’on dit aux personnes quand un autre organisme donne des données sur elles : un par accord.',
  'reportAbout.dpia':
    'Ce par quoi commence une analyse d’impact : description, nécessité, risques, mesures, usage.',
  'reportAbout.breach-scope':
    'Combien de personnes et de réponses ont été exposées par les violations déclarées ; jamais qui.',
}
