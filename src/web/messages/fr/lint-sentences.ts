import type { LintSentence } from '../../../agreement/index.ts'

/** What the lint says of an agreement, in French. */
export const lintSentences: Readonly<Record<LintSentence, string>> = {
  'lintSays.interest':
    'l’intérêt légitime ne peut servir de base aux autorités publiques dans leurs missions',
  'lintDo.interest':
    'Citez la mission d’intérêt public (eu-gdpr:A6-1-e) ou l’obligation légale (eu-gdpr:A6-1-c), et sa loi.',
  'lintSays.law':
    'seul le RGPD lui-même est cité ; une mission ou une obligation repose sur une autre loi',
  'lintDo.law': 'Ajoutez la référence ELI ou CELEX de la loi qui fixe la mission.',
  'lintSays.consent-basis': 'le consentement donné à une autorité publique est rarement libre',
  'lintDo.consent-basis':
    'Fondez l’accord sur une loi, et gardez le consentement comme garantie de certains éléments.',
  'lintSays.no-figure':
    'les résultats attendus n’ont pas de chiffre, or les économies doivent être estimées',
  'lintDo.no-figure': 'Dites combien de dossiers ou quelle somme sont attendus, et pourquoi.',
  'lintSays.reason':
    'la justification ne dit pas pourquoi la finalité ne peut être atteinte sans la question',
  'lintDo.reason':
    'Dites ce qui est décidé, pourquoi il y faut la réponse, et pourquoi la personne ne peut pas simplement la montrer.',
  'lintSays.verification':
    'la vérification dit peu de la façon dont une réponse fausse est découverte',
  'lintDo.verification':
    'Dites qui compare la réponse à quoi, et que la personne est entendue avant qu’elle ne compte.',
  'lintSays.assessment':
    'la référence ne nomme ni numéro ni date, si bien que personne ne peut trouver l’analyse',
  'lintDo.assessment': 'Citez l’analyse par son numéro ou sa date, et la section.',
  'lintSays.value': '« {element} » livre la valeur là où un oui ou un non peut suffire',
  'lintDo.value':
    'Demandez un prédicat, par exemple « inférieur à 24000 » ; ne gardez la valeur que si la décision en a besoin.',
  'lintSays.protected':
    '« {element} » est de la catégorie « {category} » : chaque question exige le consentement de la personne elle-même',
  'lintDo.protected':
    'Veillez à ce qu’on puisse refuser sans perdre ce qu’on a demandé, ou renoncez à l’élément.',
  'lintSays.many': '{count} éléments réunis décrivent une personne',
  'lintDo.many':
    'Répartissez-les entre des accords d’une seule finalité chacun, ou ôtez ce dont aucune décision n’a besoin.',
  'lintSays.range':
    'deux seuils sur {source} révèlent une fourchette, ce qui est plus qu’un oui ou un non',
  'lintDo.range': 'Gardez le seul seuil dont dépend la décision.',
  'lintSays.contest':
    '{days, plural, =0 {rien ne laisse} one {# jour ne laisse guère} other {# jours ne laissent guère}} à la personne le temps de contester une réponse',
  'lintDo.contest': 'Laissez {least} jours avant qu’une réponse puisse jouer contre la personne.',
  'lintSays.notice':
    'les personnes ne sont pas informées ; chaque avis retenu exige une ordonnance, est compté publiquement et s’ouvre de lui-même',
  'lintDo.notice':
    'Nommez la disposition qui permet le secret, non la loi seule, et choisissez la date la plus proche possible.',
  'lintSays.presence': 'une réponse dit aussi si le registre connaît la personne',
  'lintDo.presence': 'Écrivez « masquée », sauf si la décision a besoin de le savoir.',
  'lintSays.caps':
    'environ {people, number} personnes en tout, et {most, number} d’entre elles en 30 jours : le plafond ne limite guère',
  'lintDo.caps': 'Écrivez {ample, number} ou moins, deux fois le mois attendu.',
  'lintSays.retention': 'les réponses sont conservées {days} jours',
  'lintDo.retention':
    'Gardez les réponses jusqu’à ce que la décision soit acquise, un an au plus, ou dites dans la justification pourquoi non.',
  'lintSays.never':
    'le délai de {days} jours finit après le dernier jour : il ne sera jamais répondu à rien',
  'lintDo.never': 'Choisissez un dernier jour plus éloigné.',
  'lintSays.late':
    'publié aujourd’hui, son délai de {days} jours finit le {day} ; rien ne reçoit de réponse avant',
  'lintDo.late':
    'Laissez ainsi, ou prenez pour premier jour celui où les questions recevront une réponse.',
  'lintSays.long': 'la durée dépasse un an',
  'lintDo.long': 'Faites courir l’accord un an, et renouvelez-le avec ce qui aura été appris.',
}
