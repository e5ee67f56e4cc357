import type { person as source } from '../en/person.ts'

/** The person's pages, in French. */
export const person: Readonly<Record<keyof typeof source, string>> = {
  'disclosures.title': 'Qui a posé des questions sur vous',
  'disclosures.lead':
    '{count, plural, =0 {Personne n’a posé de question sur vous.} one {# question a été posée sur vous ; {refused, plural, =0 {elle a reçu une réponse} other {elle a été refusée}}.} other {# questions ont été posées sur vous ; {refused, plural, =0 {aucune n’a été refusée} one {# a été refusée} other {# ont été refusées}}.}}',
  'chain.title': 'Manque-t-il quelque chose ?',
  'chain.text':
    'Chaque agence s’engage, à intervalles réguliers, sur la fin de sa liste pour chaque personne. Votre navigateur vérifie que la vôtre va jusque-là sans trou.',
  'chain.holds': '{name} : voici toutes les entrées jusqu’au {when}.',
  'chain.fails': '{name} : il manque des entrées, ou la liste a été modifiée.',
  'chain.waits': '{name} : juste jusqu’ici ; un témoin ne l’a pas encore couverte.',
  'chain.unshown': '{name} : rien ne montre s’il manque des entrées.',
  'chain.unchecked': '{name} : pas encore vérifié dans ce navigateur.',
  'disclosures.keep': 'Gardez-le',
  'disclosures.keepText':
    'Le fichier contient tout ce qui est sur cette page, avec les preuves. Il vous permet de montrer plus tard à n’importe qui ce qui a été demandé sur vous, même si les administrations le nient.',
  'disclosures.download': 'Tout télécharger avec les preuves',
  'disclosures.limit.withheld':
    'Les questions dont l’avis est retenu pour un temps par un juge ou une autorité. Elles sont comptées publiquement et apparaissent ici à la fin de ce temps.',
  'disclosures.limit.outside': 'Ce que les administrations se disent sans Cloison.',
  'disclosures.limit.values':
    'Quelles étaient les réponses. Le journal contient le nom des faits, jamais leur valeur ; demandez-la à l’administration.',
  'disclosure.asked': 'A demandé à',
  'disclosure.facts': 'Faits demandés',
  'disclosure.purpose': 'Pourquoi',
  'disclosure.law': 'Loi',
  'disclosure.refused': 'Refusée parce que',
  'disclosures.sealed':
    '{count, plural, one {# question a été posée dans le dossier d’une autre personne, où vous apparaissez.} other {# questions ont été posées dans les dossiers d’autres personnes, où vous apparaissez.}} Pour les protéger, vous voyez qui a demandé, pourquoi, selon quelle loi et quand.',
  'disclosure.sealed':
    'Vous apparaissez dans le dossier d’une autre personne. Pour la protéger, rien de plus n’est dit ici ; un inspecteur peut ouvrir l’entrée.',
  'disclosure.sealedHolds':
    'Dans le journal, et scellée pour protéger une autre personne : ce que cette page en dit est la parole de l’administration.',
  'proofs.title': 'Vérifier les preuves',
  'proofs.lead':
    'Chaque entrée sur vous a un reçu. Votre propre navigateur le vérifie ici, sans rien demander aux administrations.',
  'proofs.what': 'Ce qui est vérifié',
  'proofs.check.opening': 'Le relevé affiché ici est bien celui dont l’entrée a été faite.',
  'proofs.check.inclusion': 'L’entrée est dans le journal, à la place que dit le reçu.',
  'proofs.check.signature': 'L’administration a signé le journal qui contient cette entrée.',
  'proofs.check.witness':
    'Ce journal et celui que tout le monde voit aujourd’hui sont le même, et des témoins l’ont signé.',
  'proofs.yourself': 'Vérifier sans cette page',
  'proofs.yourselfText':
    'Téléchargez le fichier, emportez-le sur un autre ordinateur et lancez-y cette commande. Elle n’a besoin ni de réseau ni de compte.',
}
