import type { refusals as source } from '../en/refusals.ts'

/** Every code that ends a question or an attack, as a sentence and a next step, in French. */
export const refusals: Readonly<Record<keyof typeof source, string>> = {
  'code.MALFORMED': 'La question n’avait pas la forme voulue',
  'next.MALFORMED':
    'C’est une faute du programme, pas la vôtre. Donnez le code aux responsables du service.',
  'code.PEER_UNKNOWN': 'L’autre administration ne nous connaît pas',
  'next.PEER_UNKNOWN': 'Les administrateurs des deux côtés doivent d’abord échanger leurs clés.',
  'code.SIGNATURE_INVALID': 'La signature de la question n’était pas bonne',
  'next.SIGNATURE_INVALID':
    'C’est une faute du programme, pas la vôtre. Donnez le code aux responsables du service.',
  'code.AGREEMENT_UNKNOWN': 'Cet accord n’existe pas',
  'next.AGREEMENT_UNKNOWN':
    'Demandez à votre délégué à la protection des données quel accord couvre ce besoin.',
  'code.LOG_REGRESSED': 'Un état plus ancien du journal avait été remis en place',
  'code.LOG_UNAVAILABLE': 'Le journal n’a pas pu être écrit, rien n’a donc été répondu',
  'next.LOG_UNAVAILABLE':
    'Réessayez dans quelques minutes. Aucune réponse n’est donnée sans entrée.',
  'code.REPLAYED': 'Cette question avait déjà été envoyée',
  'next.REPLAYED': 'Demandez de nouveau depuis le dossier. Chaque question est envoyée une fois.',
  'code.CLOCK_SKEW': 'Les horloges des deux administrations diffèrent trop',
  'next.CLOCK_SKEW':
    'Prévenez les responsables du service. Vous pourrez demander quand les horloges s’accordent.',
  'code.EXCHANGE_CONFLICT': 'Une autre question avait déjà pris ce numéro',
  'next.EXCHANGE_CONFLICT': 'Demandez de nouveau depuis le dossier.',
  'code.ANSWER_EXPIRED': 'La réponse n’est plus conservée',
  'next.ANSWER_EXPIRED':
    'Demandez de nouveau si le dossier en a encore besoin. Une réponse peut être reprise pendant 15 minutes.',
  'code.AGREEMENT_NOT_ACTIVE': 'L’accord n’est pas en vigueur',
  'next.AGREEMENT_NOT_ACTIVE':
    'Demandez à votre délégué à la protection des données quand elle le sera.',
  'code.TIME_LOCKED': 'L’accord est publié mais pas encore en vigueur',
  'next.TIME_LOCKED': 'Attendez la fin du délai. Tout le monde peut voir jusqu’à quand il court.',
  'code.AGREEMENT_EXPIRED': 'L’accord a pris fin',
  'next.AGREEMENT_EXPIRED':
    'Demandez le document à la personne, ou un nouvel accord à votre délégué à la protection des données.',
  'code.AGREEMENT_SUSPENDED': 'L’accord est suspendu',
  'next.AGREEMENT_SUSPENDED':
    'Demandez pourquoi à votre délégué à la protection des données. Rien n’est répondu avant sa reprise.',
  'code.PURPOSE_MISMATCH': 'L’accord n’a pas été fait pour cette finalité',
  'next.PURPOSE_MISMATCH':
    'Choisissez un besoin qui convient au dossier. On ne peut pas utiliser une autre finalité.',
  'code.LEGAL_BASIS_MISSING': 'L’accord ne nomme pas cette loi',
  'next.LEGAL_BASIS_MISSING':
    'Demandez à votre délégué à la protection des données quelle loi couvre ce besoin.',
  'code.ELEMENT_NOT_AGREED': 'L’accord ne couvre pas ce fait',
  'next.ELEMENT_NOT_AGREED': 'Choisissez un autre besoin, ou demandez le document à la personne.',
  'code.PROTECTED_ELEMENT': 'Ce fait est spécialement protégé',
  'next.PROTECTED_ELEMENT':
    'On ne peut le demander qu’avec le consentement de la personne à cette seule question.',
  'code.CONSENT_MISSING': 'Le consentement de la personne manque',
  'next.CONSENT_MISSING': 'Demandez-le-lui. Elle le donne elle-même, pour cette seule question.',
  'code.CONSENT_INVALID': 'Le consentement de la personne ne convient pas à cette question',
  'next.CONSENT_INVALID':
    'Demandez-lui un nouveau consentement. Il vaut pour une question et 15 minutes.',
  'code.PRECONDITION_FAILED': 'Une condition de l’accord n’est pas remplie',
  'next.PRECONDITION_FAILED':
    'Vérifiez ce que le dossier dit de la personne et corrigez-le d’abord.',
  'code.CASE_REQUIRED': 'Il n’y a pas de dossier pour cette question',
  'next.CASE_REQUIRED': 'Demandez depuis un dossier ouvert qui vous est attribué.',
  'code.CASE_CLOSED': 'Le dossier est clos',
  'next.CASE_CLOSED':
    'Si l’affaire continue, rouvrez le dossier dans le logiciel de dossiers. Demandez ensuite.',
  'code.OFFICIAL_NOT_ASSIGNED': 'Le dossier ne vous est pas attribué',
  'next.OFFICIAL_NOT_ASSIGNED':
    'Faites-vous attribuer le dossier, ou laissez la question à l’agent qui en est chargé.',
  'code.OFFICIAL_UNKNOWN': 'L’agent n’est pas inscrit',
  'next.OFFICIAL_UNKNOWN':
    'Votre délégué à la protection des données peut vous inscrire. C’est aussi une entrée du journal.',
  'code.OFFICIAL_SUSPENDED': 'Une question d’urgence attend son examen',
  'next.OFFICIAL_SUSPENDED':
    'Une de vos questions d’urgence n’a pas été examinée en 24 heures, ou a été jugée injustifiée. Demandez au délégué à la protection des données de l’administration qui a répondu de l’examiner.',
  'code.CONFIRMATION_INVALID': 'Le second agent ne peut pas confirmer',
  'next.CONFIRMATION_INVALID':
    'Faites confirmer par un autre collègue inscrit qui se connecte, ou demandez sans confirmation : la question est alors examinée en 24 heures.',
  'code.SUBJECT_NOT_PARTY': 'La personne n’est pas partie au dossier',
  'next.SUBJECT_NOT_PARTY':
    'On ne peut interroger que sur les personnes concernées par le dossier. Vérifiez si elle s’est retirée.',
  'code.ASKED_RECEIPT_MISSING': 'Notre propre journal n’avait pas d’abord noté la question',
  'next.ASKED_RECEIPT_MISSING':
    'Demandez de nouveau depuis le dossier. Aucune question n’est répondue avant d’être dans notre journal.',
  'code.SUBJECT_ID_INVALID': 'Le numéro de la personne n’est pas valable',
  'next.SUBJECT_ID_INVALID':
    'Corrigez le numéro dans le dossier. Il n’est jamais réparé ni deviné.',
  'code.SECRECY_NOT_AUTHORISED': 'Personne n’a autorisé à le cacher à la personne',
  'next.SECRECY_NOT_AUTHORISED':
    'Demandez ouvertement. Retenir l’avis exige un ordre, une loi et une date de fin.',
  'code.CAP_EXCEEDED': 'La limite de questions est atteinte',
  'next.CAP_EXCEEDED':
    'Attendez que la limite le permette, ou demandez le document à la personne. Votre délégué à la protection des données voit comment la limite est utilisée.',
  'code.RATE_LIMITED': 'Trop de demandes à la fois',
  'next.RATE_LIMITED': 'Attendez une minute, puis posez la question à nouveau.',
  'code.QUOTA_EXCEEDED': 'Trop de questions de cette organisation ont été refusées aujourd’hui',
  'next.QUOTA_EXCEEDED':
    'Corrigez ce qui cause les refus. Votre délégué à la protection des données voit les codes.',
  'code.SUBJECT_RESTRICTED': 'Les données de la personne sont limitées',
  'next.SUBJECT_RESTRICTED':
    'Demandez directement à la personne. Elle, ou un juge, a limité l’usage de ses données.',
  'code.REGISTER_UNAVAILABLE': 'Le registre n’a pas pu être joint à temps',
  'next.REGISTER_UNAVAILABLE': 'Réessayez dans quelques minutes.',
  'code.PEER_UNAVAILABLE': 'L’autre administration n’a pas répondu',
  'next.PEER_UNAVAILABLE':
    'Réessayez dans quelques minutes. Si cela dure, prévenez les responsables du service.',
  'code.ANSWER_REFUSED': 'La preuve de la réponse ne tenait pas, elle a été écartée',
  'next.ANSWER_REFUSED':
    'Prévenez tout de suite votre délégué à la protection des données. Le reçu est une preuve.',
  'code.TOO_LARGE': 'La question était trop longue',
  'next.TOO_LARGE':
    'C’est une faute du programme, pas la vôtre. Donnez le code aux responsables du service.',
  'code.UNSUPPORTED_MEDIA': 'La question est venue sous une forme qui n’est pas lue',
  'next.UNSUPPORTED_MEDIA':
    'C’est une faute du programme, pas la vôtre. Donnez le code aux responsables du service.',
  'code.UNAUTHENTICATED': 'L’autre côté ne sait pas qui demande',
  'next.UNAUTHENTICATED':
    'Identifiez-vous de nouveau. Si cela n’aide pas, donnez le code aux responsables du service.',
  'code.EXCHANGE_UNKNOWN': 'L’échange n’est pas connu ici',
  'next.EXCHANGE_UNKNOWN':
    'On ne peut plus rien en dire. Son enregistrement a peut-être été effacé.',
  'code.JOIN_UNKNOWN': 'Le croisement n’est pas connu ici',
  'next.JOIN_UNKNOWN':
    'Aucun croisement de ce numéro n’a commencé ici. La passerelle renvoie d’elle-même son message.',
  'code.JOIN_OVER': 'Le croisement est arrêté',
  'next.JOIN_OVER': 'Le croisement ne prend plus de message. Convenez d’un nouveau plan.',
  'code.NOT_FOUND': 'Il n’y a rien à cette adresse',
  'next.NOT_FOUND':
    'C’est une faute du programme, pas la vôtre. Donnez le code aux responsables du service.',
  'code.INTERNAL': 'Une passerelle a échoué ; rien n’a été répondu',
  'next.INTERNAL':
    'Réessayez dans quelques minutes. Si cela dure, donnez le code aux responsables du service.',
  'code.CASE_SOURCE_UNAVAILABLE': 'Le logiciel de dossiers n’a pas répondu',
  'next.CASE_SOURCE_UNAVAILABLE':
    'Réessayez dans quelques minutes. Sans lui, personne ne peut attester le dossier.',
  'code.OUTCOME_GONE': 'Le résultat n’est plus conservé',
  'next.OUTCOME_GONE': 'Demandez de nouveau si le dossier en a encore besoin.',
  'code.ENTRY_FORMAT': 'Le journal s’est engagé sur quelque chose qui n’est pas une entrée',
  'code.BUNDLE_MISSING': 'Un fichier d’entrées manque',
  'code.TILE_MISSING': 'Une partie du journal manque',
  'code.CHECKPOINT_MISSING': 'La tête du journal manque',
  'code.QUORUM_NOT_MET': 'Trop peu de témoins ont signé la tête du journal',
  'code.OPENING_WRONG': 'Un relevé publié n’est pas celui dont son entrée a été faite',
  'code.ENTRY_WRONG': 'Une entrée n’est pas celle à laquelle le journal s’est engagé',
  'code.BUNDLE_MALFORMED': 'Le fichier des entrées ne peut plus être lu',
  'code.TILE_WRONG': 'Une partie du journal ne correspond pas à sa racine signée',
  'code.ROOT_MISMATCH': 'Le journal a été réécrit : il ne correspond pas à sa racine signée',
  'code.FORKED': 'Il y a deux histoires d’un même journal',
  'code.CHECKPOINT_REVERTED': 'Une ancienne tête du journal a été remise',
  'code.CHECKPOINT_SIGNATURE': 'Une signature de la tête du journal n’est pas bonne',
  'code.CHECKPOINT_MALFORMED': 'La tête du journal n’a pas la forme qu’elle doit avoir',
  'code.CHECKPOINT_ORIGIN': 'La tête est celle d’un autre journal',
  'code.CHECKPOINT_UNSIGNED': 'Le journal n’a pas signé sa tête',
  'code.CHECKPOINT_SIGNER': 'Un inconnu a signé la tête du journal',
  'code.CHECKPOINT_REPEATED_SIGNER': 'Quelqu’un a signé deux fois la tête du journal',
  'code.OPENING_MISSING': 'Un document public n’est pas publié',
  'code.OPENING_UNEXPECTED': 'Un texte est publié pour une entrée qui n’est pas publique',
  'code.ENTRY_AFTER_CLOSE': 'Le journal a continué après sa clôture',
  'code.EPOCH_INCONSISTENT': 'Une période close ne suit pas la précédente',
  'code.COUNTS_MALFORMED': 'Les comptes publics d’un mois n’ont pas de forme connue',
  'code.COUNTS_LEAVES': 'Les comptes publics d’un mois ne sont pas ceux de ses entrées',
  'code.COUNTS_GAP': 'Les comptes publics d’un mois ne suivent pas les précédents',
  'code.COUNTS_SUM': 'Les comptes publics d’un mois dépassent ses échanges',
  'code.FILE_UNEXPECTED': 'Un fichier n’appartient pas au journal',
  'code.TOO_MANY_PROBLEMS': 'Il y a plus de défauts qu’on n’en énumère',
}
