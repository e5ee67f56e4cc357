import type { requests as source } from '../en/requests.ts'

/** Requests of persons, in French. */
export const requests: Readonly<Record<keyof typeof source, string>> = {
  'section.requests': 'Vos demandes',
  'section.officeRequests': 'Demandes des personnes',
  'request.begin': 'M’opposer, corriger ou demander',
  'request.beginAbout': 'à propos de la question de {organisation}',
  'request.title': 'Que voulez-vous ?',
  'request.caption': 'À propos de la question de {organisation}, {when}',
  'request.lead':
    'Votre demande va à la personne déléguée à la protection des données. Vous aurez une réponse dans un délai d’un mois ; c’est gratuit.',
  'request.whom': 'À qui ?',
  'request.whomHint':
    'L’administration interrogée détient les données et décide de ses réponses. Celle qui a posé la question décide de ce qu’elle en fait.',
  'request.toAsked': '{organisation}, qui a été interrogée',
  'request.toAsker': '{organisation}, qui a posé la question',
  'request.whomMissing': 'Choisissez qui reçoit votre demande',
  'request.reference': 'Il s’agit de l’entrée {index} du journal {origin}, du {when}.',
  'request.kind': 'Votre demande',
  'requestKind.objection': 'Je m’y oppose',
  'requestKind.correction': 'Une donnée enregistrée est fausse',
  'requestKind.access': 'Me montrer ou m’expliquer mes données',
  'requestKind.question': 'Une autre question',
  'request.kindMissing': 'Choisissez ce que vous voulez',
  'request.which': 'Quelles données ?',
  'request.whichHint':
    'Pour une correction, choisissez ce qui est faux. Sinon, ce n’est pas nécessaire.',
  'request.elementsMissing': 'Choisissez ce qui est faux',
  'request.words': 'Avec vos mots',
  'request.wordsHint':
    'Au plus {most, number} caractères. Vous seul et la personne déléguée à la protection des données pouvez le lire.',
  'request.textMissing': 'Écrivez ce que vous voulez, en 2 000 caractères au plus',
  'request.check': 'Vérifiez votre demande',
  'request.to': 'À',
  'request.checkDue': 'Si vous la déposez maintenant, la réponse est due au plus tard le {when}.',
  'request.noHold':
    'Rien n’est retenu entre-temps : jusqu’à la décision sur votre opposition, des questions sur vous continuent d’être posées et de recevoir une réponse.',
  'request.checkLog':
    'Le journal public montrera qu’une demande de ce type a été faite et quand il faut y répondre. Il ne montrera ni qui l’a faite, ni ce que vous avez écrit.',
  'request.file': 'Déposer cette demande',
  'request.notFiled': 'La demande n’a pas été déposée',
  'request.notTaken': 'Rien n’a été fait',
  'request.own': 'Vos demandes',
  'request.ownLead':
    '{count, plural, =0 {Vous n’avez fait aucune demande.} one {Vous avez fait # demande.} other {Vous avez fait # demandes.}}',
  'request.more': 'Autre chose',
  'request.moreText':
    'Pour vous opposer à une question, ou pour corriger une réponse, partez de cette question.',
  'request.fromList': 'La choisir dans la liste',
  'request.another': 'Faire une demande sans question précise',
  'request.card': 'Demande {number} à {organisation}',
  'request.line': 'Demande {number} : {kind}',
  'request.due': 'Réponse',
  'request.dueBy':
    'Due au plus tard le {when}, {days, plural, =0 {en moins d’un jour} one {dans # jour} other {dans # jours}}.',
  'request.lateBy':
    'Était due le {when}, {days, plural, =0 {il y a moins d’un jour} one {il y a # jour} other {il y a # jours}}.',
  'request.decidedAt': 'Décidée le {when}.',
  'request.filedAt': 'Déposée le {when}.',
  'request.overdue': 'En retard',
  'requestState.received': 'Reçue',
  'requestState.extended': 'Prolongée',
  'requestState.granted': 'Acceptée',
  'requestState.refused': 'Refusée',
  'request.about': 'À propos de',
  'request.elements': 'Données',
  'request.text': 'Dans vos mots',
  'request.erased': 'Le texte est effacé ; plus personne ne peut le lire.',
  'request.extended': 'Pourquoi cela prend plus de temps',
  'request.answer': 'Réponse donnée',
  'request.refusedBy': 'Refusée car',
  'request.effect': 'Effet',
  'request.restricted': 'Les questions sur cette personne ne reçoivent plus de réponse.',
  'request.read': 'La personne déléguée à la protection des données l’a ouverte le {when}.',
  'request.complain':
    'Vous pouvez introduire une réclamation auprès de l’autorité de contrôle, ou saisir un tribunal. Téléchargez vos entrées avec leurs preuves et joignez-les.',
  'request.toldTitle': 'Qui a été informé de la correction',
  'request.toldNobody':
    'Personne n’avait reçu ces données de cette organisation : il n’y avait personne à informer.',
  'request.told.waiting':
    '{organisation} est en train d’être informée : {facts}. Pas encore d’accusé de réception.{when, select, other {}}{entry, select, other {}}',
  'request.told.received':
    '{organisation} a été informée : {facts}. Accusé de réception du {when}, entrée {entry, number}.',
  'request.told.unknown':
    '{organisation} ne conserve plus de trace de cette question ({when}) : {facts}.{entry, select, other {}}',
  'request.toldFacts': 'des faits vous concernant',
  'request.office': 'Demandes des personnes',
  'request.officeLead':
    '{open, plural, =0 {Aucune demande en cours.} one {# demande en cours} other {# demandes en cours}}{open, plural, =0 {} other {{late, plural, =0 {, aucune en retard.} one {, # en retard.} other {, # en retard.}}}}',
  'request.officeText':
    'La liste ne nomme personne. Vous voyez de qui vient une demande quand vous l’ouvrez ; c’est une entrée du journal, et la personne la voit.',
  'request.openText':
    'Ouvrir cette demande montre de qui elle vient et ce que la personne a écrit. C’est une entrée du journal, et la personne voit quand elle a été ouverte.',
  'request.open': 'Ouvrir cette demande',
  'request.from': 'De <strong>{scheme} {value}</strong>',
  'request.decide': 'Décider',
  'request.outcome': 'Décision',
  'requestGrant.objection': 'Accepter : l’opposition est fondée',
  'requestGrant.correction':
    'Accepter : c’est corrigé dans le registre ; tous ceux qui l’avaient sont informés',
  'requestGrant.access': 'Accepter : les données sont montrées ou expliquées',
  'requestGrant.question': 'Répondre',
  'request.refuseBy': 'Refuser : {law}',
  'requestLaw.eu-gdpr:A12-5':
    'la demande est manifestement infondée ou excessive (RGPD, article 12, paragraphe 5)',
  'requestLaw.eu-gdpr:A11-2':
    'l’organisation ne peut pas identifier la personne (RGPD, article 11, paragraphe 2)',
  'requestLaw.eu-gdpr:A23': 'une loi limite ce droit (RGPD, article 23)',
  'requestLaw.eu-gdpr:A16': 'ce qui est enregistré est exact (RGPD, article 16)',
  'requestLaw.eu-gdpr:A15-4':
    'cela porterait atteinte aux droits d’autrui (RGPD, article 15, paragraphe 4)',
  'requestLaw.eu-gdpr:A21-1':
    'des motifs légitimes et impérieux prévalent (RGPD, article 21, paragraphe 1)',
  'request.noHoldHere':
    'Rien n’est retenu avant votre décision. Si le motif est urgent, décidez maintenant : dès qu’une opposition est acceptée, les réponses peuvent cesser.',
  'request.restrict': 'Ne plus répondre aux questions sur cette personne',
  'request.answerLabel': 'Réponse à la personne',
  'request.answerHint':
    'Au plus {most, number} caractères, en mots simples. Seules la personne et vous pouvez le lire.',
  'request.decideButton': 'Décider et informer la personne',
  'request.outcomeMissing': 'Choisissez une décision',
  'request.answerMissing': 'Écrivez une réponse, en 2 000 caractères au plus',
  'request.extend': 'Prendre deux mois de plus',
  'request.reasonLabel': 'Pourquoi il faut plus de temps',
  'request.reasonHint': 'Une seule fois, et le premier mois seulement. La personne le lira.',
  'request.reasonMissing': 'Écrivez pourquoi il faut plus de temps',
  'request.extendButton': 'Prolonger et informer la personne',
  'requestRefusal.REQUEST_CAP':
    'Vous avez fait dix demandes à cette organisation en 30 jours. Attendez un peu, ou écrivez à la personne déléguée à la protection des données.',
  'requestRefusal.LOG_UNAVAILABLE':
    'Le journal ne peut pas être écrit en ce moment ; rien n’a été fait. Réessayez dans un moment.',
  'requestRefusal.REQUEST_DECIDED': 'La demande est déjà décidée, et une décision reste.',
  'requestRefusal.REQUEST_EXTENDED': 'La demande a déjà été prolongée.',
  'requestRefusal.EXTENSION_TOO_LATE':
    'Le premier mois est passé : la demande ne peut plus qu’être décidée.',
  'requestRefusal.LAW_UNFIT': 'Cette loi ne convient pas à ce type de demande.',
  'requestRefusal.REQUEST_UNKNOWN': 'Il n’y a pas de demande de ce numéro ici.',
}
