import type { signIn as source } from '../en/sign-in.ts'

/** Signing in, and the log-in of the demo's own provider, in French. */
export const signIn: Readonly<Record<keyof typeof source, string>> = {
  'site.analyst': '{organisation} · pour les analystes',
  'site.dpo': '{organisation} · pour le délégué à la protection des données',
  'site.inspector': '{organisation} · pour les inspecteurs',
  'site.admin': '{organisation} · pour les administrateurs',
  'section.account': 'Mon compte',
  'role.caseworker': 'Gestionnaire de dossiers',
  'role.analyst': 'Analyste',
  'role.dpo': 'Délégué à la protection des données',
  'role.person': 'Particulier',
  'role.inspector': 'Inspecteur',
  'role.admin': 'Administrateur',
  'signIn.title': 'S’identifier',
  'signIn.caseworker':
    'Identifiez-vous pour poser une question sur une personne de l’un de vos dossiers.',
  'signIn.analyst': 'Identifiez-vous pour demander des tableaux sur une population.',
  'signIn.dpo': 'Identifiez-vous comme délégué à la protection des données de cet organisme.',
  'signIn.person': 'Identifiez-vous pour voir qui a posé des questions sur vous.',
  'signIn.inspector': 'Identifiez-vous comme inspecteur.',
  'signIn.admin': 'Identifiez-vous comme administrateur de cet organisme.',
  'signIn.button': 'S’identifier',
  'signIn.how':
    'Vous êtes conduit au service de connexion auquel ce site fait confiance, puis vous revenez ici. Ce site ne voit jamais de mot de passe.',
  'signIn.again': 'Reconnectez-vous avant de poser la question',
  'signIn.againText':
    'Une question sur une personne exige une connexion de moins de 15 minutes. Rien n’a été demandé. Votre question est gardée, et vous y revenez.',
  'signIn.refused': 'Cette connexion n’a pas été acceptée',
  'signIn.SIGN_IN_UNKNOWN':
    'Cette connexion n’a pas été commencée dans ce navigateur, ou elle a déjà servi. Rien n’a été fait. Recommencez depuis ce site.',
  'signIn.SIGN_IN_REJECTED':
    'La connexion n’a pas résisté à la vérification, ou elle a été annulée. Rien n’a été fait. Recommencez ; si cela se reproduit, prévenez les responsables de ce site.',
  'signIn.SIGN_IN_TOO_OLD': 'La connexion a pris trop de temps ou remonte trop loin. Recommencez.',
  'signIn.SIGN_IN_ROLE':
    'Vous vous êtes connecté, mais ce site n’est pas destiné à ce compte. Chaque rôle a son propre site.',
  'signIn.SIGN_IN_UNAVAILABLE':
    'Le service de connexion ne répond pas en ce moment. Rien n’a été fait. Réessayez dans un instant.',
  'account.title': 'Mon compte',
  'account.name': 'Nom',
  'account.role': 'Identifié comme',
  'account.organisation': 'Organisme',
  'account.since': 'Connexion',
  'account.commandLine':
    'Ce rôle n’a pas encore d’autres pages. Son travail se fait en ligne de commande.',
  'account.signOut': 'Se déconnecter',
  'account.signOutHint': 'Pour être quelqu’un d’autre, déconnectez-vous d’abord.',
  'logIn.site': 'Connexion de la démonstration',
  'logIn.title': 'Qui êtes-vous ?',
  'logIn.lead':
    'Voici la connexion propre à la démonstration. Il n’y a pas de mot de passe : choisissez une des personnes inventées ci-dessous. En vrai, le service de connexion de votre organisme se trouve ici.',
  'logIn.for': 'Vous venez du site pour le rôle : {role}.',
  'logIn.missing': 'Choisissez qui vous êtes',
  'logIn.button': 'Se connecter',
  'logIn.cancel': 'Annuler',
  'logIn.none': 'Personne dans la démonstration n’a ce rôle dans cet organisme.',
  'logIn.can.analyst': 'Demande des tableaux sur des populations ; ne voit aucune personne',
  'logIn.can.dpo': 'Veille sur les accords de cet organisme et les signe',
  'logIn.can.inspector': 'Inspecte toutes les agences',
  'logIn.can.admin': 'Exploite la passerelle de cet organisme ; ne voit aucune réponse',
  'logIn.out': 'Se déconnecter ?',
  'logIn.outText': 'Vous avez quitté le site. Voulez-vous aussi mettre fin à votre connexion ?',
  'logIn.outYes': 'Se déconnecter',
  'logIn.outDone': 'Vous êtes déconnecté',
  'logIn.error': 'Cette connexion ne peut pas continuer',
  'logIn.errorText':
    'Elle est peut-être restée ouverte trop longtemps, ou a été commencée dans un autre navigateur. Revenez au site et identifiez-vous de nouveau.',
}
