import type { joins as source } from '../en/joins.ts'

/** Tables over two registers, in French. */
export const joins: Readonly<Record<keyof typeof source, string>> = {
  'pair.section': 'À travers deux registres',
  'pair.lead':
    'Des tableaux sur les personnes qui sont dans deux registres à la fois. Personne ne réunit les registres : chaque organisme masque sa propre liste, et seuls des comptes avec du bruit en sortent.',
  'pair.caption': '{left} et {right}',
  'pair.agreements': 'Accords',
  'pair.mustAgree': 'Doivent accepter chaque question',
  'pair.tally': 'Compte, et ne tient aucune liste',
  'pair.inspector': 'Peut vérifier après coup',
  'pair.byHint':
    'Répartissez selon quatre éléments au plus de chaque côté. Chaque groupe reçoit le même bruit : les petits groupes sont moins précis.',
  'pair.where': 'Seulement certaines personnes ({organisation})',
  'pair.held': '{element} ({organisation})',
  'pair.epsilonHint':
    'Au plus {most}, à la charge des deux organismes. Les deltas sont des puissances de dix : 10 puissance −{exponent} chacun.',
  'pair.malformed':
    'Epsilon doit être un nombre comme 0,1, une valeur doit être choisie sauf pour compter des personnes, et chaque côté est réparti selon quatre éléments au plus',
  'pair.delta': '{times, number} × 10 puissance −{exponent}',
  'pair.price': 'Chacun des deux : epsilon {epsilon}, delta {delta}',
  'pair.charged': 'Coût',
  'pair.leftAfter': 'Reste ensuite',
  'pair.after': '{organisation} : {before} avant, {after} après',
  'pair.carried': 'Qui le calcule',
  'pair.carriedText':
    '{left} masque environ {leftPoints} points et {right} environ {rightPoints} ; chacun masque encore ceux de l’autre. {tally} les compare. Environ {size} passent par le réseau.',
  'pair.work': 'Durée',
  'pair.workText': 'Au moins {duration} de calcul, partagés entre les organismes',
  'pair.runHint':
    'Les deux organismes doivent d’abord accepter. Dès lors tous deux paient, quel que soit le résultat.',
  'pair.openHeld': 'Ouvrir ce tableau',
  'pair.refusedBy': 'Refusé par : {organisation}. Rien n’a été dépensé.',
  'pair.title': '{what} – {left} et {right}, {date}',
  'pair.measure': 'Demandé',
  'pair.split': 'réparti selon : {elements}',
  'pair.unsplit': 'rien',
  'pair.only': 'seulement {text}',
  'pair.under': 'accord {agreement}',
  'collusion.title': 'Ce que les parties pourraient faire ensemble',
  'collusion.pair':
    '{holder} et {tally} pourraient ensemble marquer les personnes de {holder} et voir lesquelles {other} connaît aussi. Rien ne l’empêche.',
  'collusion.alone':
    'Aucun des trois ne le peut seul : seul, chacun voit des tailles et des comptes avec du bruit.',
  'collusion.inspector':
    '{inspector} peut ouvrir après coup 64 lignes au plus de chaque liste, tirées au sort, ce qui peut le révéler. Il faut pour cela un tableau : d’une question arrêtée, il ne reste rien à ouvrir.',
  'collusion.audit':
    'Qui contrôle le bruit d’un détenteur le connaît : {inspector} et l’autre détenteur pourraient alors voir ensemble les comptes exacts.',
  'join.share': '{percent} % du calcul est fait.',
  'join.remaining': 'Il reste environ {time}, au rythme actuel.',
  'join.noPace': 'La durée n’est pas encore connue.',
  'join.running':
    'Les deux organismes ont accepté et paient, quel que soit le résultat. Vous pouvez quitter cette page : elle est parmi vos tableaux. Tout prend fin au plus tard à : {until}.',
  'join.legs': 'Étape par étape',
  'join.leg': '{organisation} {what}',
  'join.legDone': 'fait : {when}',
  'join.legOpen': 'pas encore',
  'leg.M1': 's’engage sur sa liste et sa taille',
  'leg.M2': 'envoie sa liste, masquée',
  'leg.M3': 'masque encore l’autre liste',
  'leg.M4': 'tire au sort 64 places de chaque liste',
  'leg.M5': 'ouvre ces places, avec des preuves',
  'leg.M6': 'compare les listes et fait le tableau',
  'join.question': 'Ce qui a été demandé',
  'join.stoppedTitle': 'Aucun tableau n’a été fait',
  'joinStop.late': 'Le temps prévu pour cette question était écoulé.',
  'joinStop.gaveUp': 'Un des organismes n’a pas pu continuer.',
  'joinStop.message': 'Un message n’était pas ce qui avait été convenu.',
  'joinStop.list': 'Une liste n’avait pas la forme ou la taille voulue.',
  'joinStop.disputed': 'Les deux organismes disent des choses différentes sur une liste.',
  'joinStop.key': 'Un organisme a utilisé une clé qu’il ne doit pas utiliser.',
  'joinStop.opening': 'Une place tirée au sort n’a pas pu être prouvée.',
  'joinStop.result': 'Le tableau n’était pas celui que donnent les listes.',
  'joinStop.other': 'Une vérification a échoué en chemin.',
  'join.stoppedCost':
    'Aucun nombre n’a été fait. Les organismes {left} et {right} paient quand même : ce qui a été lu ne peut plus ne pas l’être.',
  'join.stoppedShow':
    'Chaque message figure, sous forme d’empreinte (SHA-256), dans les journaux de qui l’a envoyé et de qui l’a reçu : {inspector} peut y voir qui a envoyé quoi. Les messages eux-mêmes sont détruits. Le numéro de la question est <code>{qid}</code>.',
  'join.stoppedBlames': 'Arrêtée par {by}, qui dit que l’envoi de {blames} montre la faute.',
  'join.stoppedAlone': 'Arrêtée par {by}, qui ne met personne en cause.',
  'join.stoppedDigests': 'Ce qui la montre, par empreinte',
  'join.again': 'Demander à nouveau',
  'join.hides':
    'si une personne quelconque est dans l’un des registres, et tout ce qu’ils disent d’elle',
  'join.signatures': 'Accepté et signé par',
  'join.planHash': 'Plan',
  'join.lastChecks': 'Les dernières vérifications sont en cours.',
  'joinProof.title': 'Qui a accepté',
  'joinProof.holds': 'Les trois signatures sont valables',
  'joinProof.warns': 'On ne peut pas se fier à toutes les signatures',
  'joinProof.fails': 'Ne vous fiez pas à ce tableau',
  'joinProof.signer': '{organisation} : {state}',
  'joinProof.means':
    'Chaque signature dit qu’un organisme a accepté la question, le bruit et le prix avant que le tableau existe. Personne ne signe les nombres.',
  'joinProof.failsMeans':
    'Les nombres ne sont pas montrés et aucun fichier n’en existe. Prévenez {inspector} et les responsables de votre passerelle. Ce qui est dépensé le reste.',
  'signer.holds': 'signé',
  'signer.invalid': 'pas signé par la clé indiquée',
  'signer.unknown':
    'impossible à dire, car on ne connaît à cette date aucune clé de ce nom à cet organisme',
  'signer.revoked': 'signé avec une clé révoquée, que d’autres ont pu utiliser',
  'tableState.sent': 'Les nombres sont ceux que les deux organismes ont reçus.',
  'tableState.changed': 'Les nombres ne sont pas ceux que les deux organismes ont reçus.',
  'tableState.untold': 'Le journal ne nomme pas le tableau que les organismes ont reçu.',
  'joinAudit.title': 'Vérification',
  'joinAudit.none':
    '{inspector} n’a rendu publique aucune vérification de ce tableau. Elle peut être faite dans les sept jours qui suivent le tableau.',
  'joinAudit.holds': 'Une vérification n’a rien trouvé à redire',
  'joinAudit.fails': 'Une vérification a trouvé des anomalies',
  'joinAudit.made': 'Rendue publique par : {inspector}, {when}.',
  'joinAudit.found': '{organisation} : {count, plural, one {# anomalie} other {# anomalies}}',
  'joinAudit.holdsMeans':
    'Les lignes tirées au sort étaient celles sur lesquelles les deux organismes s’étaient engagés. Cela ne montre pas que personne n’a été inventé ou omis.',
  'joinAudit.failsMeans':
    'Ne vous fiez pas aux nombres ci-dessus avant que l’inspecteur ait dit ce que cela signifie. Ce qui est dépensé le reste.',
  'history.running': 'En cours',
  'history.stopped': 'Arrêté',
  'history.holders': 'Registres de',
  'method.two-truncated-discrete-laplace':
    'la somme de deux tirages de Laplace discrets tronqués, un par organisme, tirés exactement',
  'notCovered.people-not-in-both-registers':
    'les personnes qui ne sont pas dans les deux registres',
  'notCovered.made-up-people': 'les personnes qu’un organisme aurait inventées ou omises',
  'notCovered.rounding-to-units':
    'l’arrondi des valeurs à des unités, au hasard et juste en moyenne',
}
