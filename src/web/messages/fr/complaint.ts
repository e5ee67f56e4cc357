/** What a person takes away: a complaint, and the list in words; in French. */
export const complaint = {
  'complaint.title': 'Réclamation au sujet de questions posées sur moi',
  'complaint.lead':
    'À une autorité de contrôle, selon l’article 77 du règlement général sur la protection des données ou la loi qui en tient lieu.',
  'complaint.made': 'Établie le {when}.',
  'complaint.to': 'À',
  'complaint.toText': 'Nom et adresse de l’autorité de contrôle :',
  'complaint.from': 'De',
  'complaint.fromText': 'Adresse à laquelle on peut vous joindre :',
  'complaint.why': 'Ce dont je me plains',
  'complaint.reason.notMine':
    'Je n’ai rien demandé et n’ai été averti d’aucune vérification qui aurait besoin de cette question.',
  'complaint.reason.noLaw': 'Je ne vois aucune loi qui le permette.',
  'complaint.reason.tooMuch': 'Il a été demandé plus que nécessaire.',
  'complaint.reason.wrong': 'Ce qui a été dit de moi est faux.',
  'complaint.reason.noReply':
    'J’ai écrit à l’organisme, qui n’a pas répondu dans un délai d’un mois.',
  'complaint.reason.other': 'Autre chose.',
  'complaint.ownWords': 'Avec mes propres mots :',
  'complaint.responsible': 'Qui est responsable, et où écrire',
  'complaint.noAddress': 'Adresse inconnue ici',
  'complaint.entries':
    '{count, plural, =0 {Aucune question} one {La question} other {Les # questions}}',
  'complaint.entry': '{number}. {when}',
  'complaint.asked': 'Posée par',
  'complaint.answered': 'Posée à',
  'complaint.outcome': 'Ce qu’elle est devenue',
  'complaint.noAgreement': 'Aucun n’est nommé',
  'complaint.rights': 'À quoi vous attendre',
  'complaint.rightsText':
    'Une réclamation ne coûte rien. L’autorité doit vous dire dans les trois mois où elle en est. Vous pouvez aussi saisir un tribunal. Il est utile d’écrire d’abord à l’organisme : il a un mois pour répondre.',
  'complaint.verifyText':
    'Le fichier {file} contient chaque entrée avec sa preuve. La commande ci-dessous vérifie le fichier sur n’importe quel ordinateur, sans rien demander aux organismes.',
  'complaint.personal':
    'Cette page contient des données personnelles : elle parle de vous, pour vous et pour ceux à qui vous la remettez.',
  'complaint.placeDate': 'Lieu et date :',
  'complaint.signature': 'Signature :',
  'complaint.agreements': '{count, plural, one {L’accord} other {Les # accords}}',
  'complaint.standing': 'Aujourd’hui',
  'complaint.agreementGone': '{name}. Il n’est pas en vigueur et son texte n’est plus conservé.',
  'complaint.verifyAgreements':
    'Le dossier « agreements » contient les textes signés des accords ci-dessus.',
  'complaint.about': 'Faire une réclamation',
  'complaint.heading': 'Vous plaindre à l’autorité',
  'complaint.text':
    'Un fichier pour votre autorité de protection des données : une page à remplir et à imprimer, chaque entrée avec sa preuve, les accords signés et à qui écrire. Rien n’est envoyé ; vous le remettez vous-même.',
  'complaint.all': 'Faire une réclamation sur le tout',
  'complaint.read': 'Télécharger une page à lire',
} as const
