import type { caseworker as source } from '../en/caseworker.ts'

/** The caseworker's pages, in French. */
export const caseworker: Readonly<Record<keyof typeof source, string>> = {
  'case.kind': 'Objet',
  'case.reference': 'Dossier',
  'case.opened': 'Ouvert le',
  'cases.title': 'Mes dossiers',
  'cases.lead':
    '{open, plural, =0 {Vous n’avez aucun dossier ouvert.} one {Vous avez # dossier ouvert. Vous ne pouvez poser de question que depuis un de vos dossiers ouverts.} other {Vous avez # dossiers ouverts. Vous ne pouvez poser de question que depuis un de vos dossiers ouverts.}}',
  'cases.none': 'Aucun dossier ne vous est attribué.',
  'cases.open': 'Ouvert',
  'cases.closed': 'Clos',
  'cases.closedHint':
    'Le dossier est clos, la question sera donc refusée. Vous pouvez voir comment.',
  'cases.ask': 'Poser une question',
  'cases.askClosed': 'Demander quand même',
  'cases.about': 'sur {name}',
  'need.title': 'Que devez-vous savoir ?',
  'need.hint':
    'Vous choisissez ce qu’il vous faut, pas ce que vous regardez. Rien n’est montré avant la question.',
  'need.about': 'Sur {name}',
  'need.answeredBy': 'Réponse donnée par : {organisation}.',
  'need.missing': 'Choisissez ce que vous devez savoir',
  'check.caption': 'Rien n’a encore été demandé',
  'check.title': 'Vérifiez avant de demander',
  'check.person': 'Personne',
  'check.need': 'Vous devez savoir',
  'check.facts': 'Faits demandés',
  'check.provider': 'Demandé à',
  'check.purpose': 'Finalité',
  'check.law': 'Loi',
  'check.agreement': 'Accord',
  'check.agreementVersion': '{agreement}, version {version}',
  'check.personSees':
    '<strong>La personne le verra.</strong> Votre administration, la finalité, la loi et les faits demandés apparaissent sur sa page. Votre nom n’y est pas.',
  'check.trace':
    'Les deux administrations écrivent une entrée ineffaçable, que vous obteniez une réponse ou un refus.',
  'check.ask': 'Poser cette question',
  'answer.title': 'La réponse',
  'answer.case': 'Dossier {reference}',
  'answer.yes': 'Oui',
  'answer.no': 'Non',
  'answer.none': 'Rien d’enregistré',
  'answer.number': '{value, number}',
  'answer.may': 'Ce que vous pouvez en faire',
  'answer.use': 'L’utiliser',
  'answer.useHere': 'Pour ce dossier seulement. Ne la transmettez pas.',
  'answer.usePurpose': 'Pour la finalité de votre question.',
  'answer.keep': 'La garder',
  'answer.keepUntil': 'Jusqu’au {until}.',
  'answer.contest': 'Si la personne conteste',
  'answer.contestUntil':
    'Elle peut contester jusqu’au {until}. Ne décidez rien de définitif contre elle avant.',
  'answer.back': 'Retour à mes dossiers',
  'answer.limit.register':
    'Si le registre a raison. Il dit ce que l’autre administration détient ; comparez avec les pièces du dossier.',
  'answer.limit.forgotten':
    'La réponse plus tard : cette page l’oublie après {minutes} minutes. Notez au dossier ce qu’il vous faut.',
  'proof.title': 'Preuve',
  'proof.ours': 'Votre question est dans le journal : {organisation}',
  'proof.theirs': 'La réponse est l’entrée {index} du journal : {organisation}',
  'proof.provisional': 'En attente du témoin ; d’ici là, la réponse est provisoire',
  'proof.witnessed': 'Attestée par un témoin il y a {age}',
  'proof.witnessedNow': 'Attestée à l’instant',
  'proof.again': 'Voir si elle est attestée maintenant',
  'denied.title': 'Refusée',
  'denied.label': 'La question a été refusée',
  'denied.next': 'Ce que vous pouvez faire',
  'denied.nextUnknown':
    'Demandez à votre délégué à la protection des données et donnez-lui le code ci-dessous.',
  'denied.trace': 'Ce qui a été écrit',
  'denied.entry': 'Entrée',
  'denied.noEntry':
    'Aucune entrée chez l’autre administration : la question n’y est pas arrivée jusqu’à une décision',
  'denied.seen': 'Les questions refusées sont montrées à la personne aussi, avec le motif.',
  'trace.title': 'Mes questions',
  'trace.lead':
    '{count, plural, =0 {Vous n’avez encore rien demandé.} one {Vous avez posé # question ; {refused, plural, =0 {aucune n’a été refusée} one {# a été refusée} other {# ont été refusées}}.} other {Vous avez posé # questions ; {refused, plural, =0 {aucune n’a été refusée} one {# a été refusée} other {# ont été refusées}}.}}',
  'trace.entry': 'Entrée',
  'trace.corrected':
    '{count, plural, one {# réponse a été corrigée depuis. Regardez-la d’abord.} other {# réponses ont été corrigées depuis. Regardez-les d’abord.}}',
  'corrected.title': 'Cette réponse a été corrigée',
  'corrected.facts': 'Ce qui a été corrigé',
  'corrected.by': 'Corrigé par',
  'corrected.byOn': '{organisation}, le {when}',
  'corrected.received': 'Nous l’avons appris le',
  'corrected.now': 'Que faire maintenant',
  'corrected.dontUse': 'N’utilisez plus l’ancienne réponse.',
  'corrected.askAgain':
    'Si le dossier a encore besoin du fait, redemandez-le depuis le dossier. Vous recevrez le fait corrigé.',
  'corrected.lookAgain':
    'Si une décision a été prise avec l’ancienne réponse, réexaminez-la, et dites à la personne ce qu’il en est.',
}
