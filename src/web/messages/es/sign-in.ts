import type { signIn as source } from '../en/sign-in.ts'

/** Signing in, and the log-in of the demo's own provider, in Spanish. */
export const signIn: Readonly<Record<keyof typeof source, string>> = {
  'site.analyst': '{organisation} · para analistas',
  'site.dpo': '{organisation} · para el delegado de protección de datos',
  'site.inspector': '{organisation} · para inspectores',
  'site.admin': '{organisation} · para administradores',
  'section.account': 'Mi cuenta',
  'role.caseworker': 'Gestor de expedientes',
  'role.analyst': 'Analista',
  'role.dpo': 'Delegado de protección de datos',
  'role.person': 'Particular',
  'role.inspector': 'Inspector',
  'role.admin': 'Administrador',
  'signIn.title': 'Identificarse',
  'signIn.caseworker': 'Identifíquese para preguntar por una persona de uno de sus expedientes.',
  'signIn.analyst': 'Inicie sesión para pedir tablas sobre una población.',
  'signIn.dpo': 'Identifíquese como delegado de protección de datos de esta organización.',
  'signIn.person': 'Identifíquese para ver quién preguntó por usted.',
  'signIn.inspector': 'Identifíquese como inspector.',
  'signIn.admin': 'Identifíquese como administrador de esta organización.',
  'signIn.button': 'Identificarse',
  'signIn.how':
    'Se le lleva al servicio de acceso en el que confía este sitio y después vuelve aquí. Este sitio nunca ve una contraseña.',
  'signIn.again': 'Acceda de nuevo antes de preguntar',
  'signIn.againText':
    'Una pregunta sobre una persona exige un acceso de los últimos 15 minutos. No se ha preguntado nada. Su pregunta se conserva y usted vuelve a ella.',
  'signIn.refused': 'Este acceso no se aceptó',
  'signIn.SIGN_IN_UNKNOWN':
    'Este acceso no se inició en este navegador o ya se usó. No se ha hecho nada. Empiece de nuevo desde este sitio.',
  'signIn.SIGN_IN_REJECTED':
    'El acceso no superó la comprobación o se canceló. No se ha hecho nada. Empiece de nuevo; si vuelve a ocurrir, avise a los responsables de este sitio.',
  'signIn.SIGN_IN_TOO_OLD': 'El acceso tardó demasiado o es demasiado antiguo. Empiece de nuevo.',
  'signIn.SIGN_IN_ROLE':
    'Usted accedió, pero este sitio no es para esa cuenta. Cada función tiene su propio sitio.',
  'signIn.SIGN_IN_UNAVAILABLE':
    'El servicio de acceso no responde ahora. No se ha hecho nada. Inténtelo dentro de un momento.',
  'account.title': 'Mi cuenta',
  'account.name': 'Nombre',
  'account.role': 'Identificado como',
  'account.organisation': 'Organización',
  'account.since': 'Acceso',
  'account.commandLine':
    'Esta función aún no tiene más páginas. Su trabajo se hace con la línea de órdenes.',
  'account.signOut': 'Cerrar la sesión',
  'account.signOutHint': 'Para ser otra persona, cierre antes la sesión.',
  'logIn.site': 'Acceso de la demostración',
  'logIn.title': '¿Quién es usted?',
  'logIn.lead':
    'Este es el acceso propio de la demostración. No hay contraseñas: elija una de las personas inventadas. De verdad, aquí está el acceso de su organización.',
  'logIn.for': 'Viene del sitio para la función: {role}.',
  'logIn.missing': 'Elija quién es usted',
  'logIn.button': 'Acceder',
  'logIn.cancel': 'Cancelar',
  'logIn.none': 'Nadie en la demostración tiene esta función en esta organización.',
  'logIn.can.analyst': 'Pide tablas sobre poblaciones; no ve a ninguna persona',
  'logIn.can.dpo': 'Vela por los acuerdos de esta organización y los firma',
  'logIn.can.inspector': 'Inspecciona todas las agencias',
  'logIn.can.admin': 'Gestiona la pasarela de esta organización; no ve respuestas',
  'logIn.out': '¿Cerrar el acceso?',
  'logIn.outText': 'Ha salido del sitio. ¿Quiere terminar también su acceso?',
  'logIn.outYes': 'Cerrar el acceso',
  'logIn.outDone': 'Ha cerrado el acceso',
  'logIn.error': 'Este acceso no puede continuar',
  'logIn.errorText':
    'Quizá estuvo abierto demasiado tiempo o se inició en otro navegador. Vuelva al sitio e identifíquese de nuevo.',
}
