import type { consent as source } from '../en/consent.ts'

/** The pages of an issuer of consent, in Spanish. */
export const consent: Readonly<Record<keyof typeof source, string>> = {
  'site.consent': '{organisation} · su consentimiento',
  'consent.signIn':
    'Una administración pide su consentimiento para una pregunta sobre usted. Identifíquese para leer la pregunta y decir sí o no.',
  'consent.place': 'Su consentimiento',
  'consent.placeText':
    'Algunos datos solo se dicen si usted consiente esa pregunta concreta. Quién pide su consentimiento, y qué espera su sí o su no, está en una página aparte, de una organización que no hace preguntas. Allí se identifica usted otra vez.',
  'consent.placeLink': 'Ver qué espera su consentimiento',
  'consent.again': 'Vuelva a conectarse antes de decidir',
  'consent.againText':
    'Su decisión exige una conexión de hace menos de 5 minutos, para que nadie decida por usted. No se ha decidido nada.',
  'consent.list': 'Preguntas que esperan su decisión',
  'consent.listLead':
    '{count, plural, =0 {Ninguna pregunta espera su decisión.} one {Una pregunta espera su decisión.} other {# preguntas esperan su decisión.}}',
  'consent.read': 'Leer y decidir',
  'consent.question': '¿Puede {consumer} preguntar a {provider} sobre usted?',
  'consent.lead':
    'Esto es todo lo que pide esta única pregunta. Hasta ahora no se ha preguntado nada; solo se pregunta si usted consiente.',
  'consent.who': 'Quién pregunta',
  'consent.from': 'Quién respondería',
  'consent.facts': 'Qué se pregunta',
  'consent.value': 'sabrían el valor mismo',
  'consent.yesOrNo': 'sabrían sí o no, no el valor',
  'consent.why': 'Para qué',
  'consent.reason': 'Por qué lo necesitan, en sus palabras',
  'consent.kept': 'Cuánto tiempo lo guardan',
  'consent.keptDays':
    '{days, plural, one {# día} other {# días}} como máximo; no se transmite a otros',
  'consent.once':
    'Su consentimiento vale solo para esta pregunta, una vez, y termina a los 10 minutos. La pregunta aparecerá en su página «Quién ha preguntado por usted».',
  'consent.free':
    'Es libre de decir que no. Entonces no se pregunta nada. Hable con la administración si prefiere mostrar un documento.',
  'consent.given': 'Sí, consiento',
  'consent.declined': 'No, no consiento',
  'consent.is.given':
    'Ha consentido esta pregunta. Puede hacerse una vez en los próximos minutos. Puede cerrar esta página.',
  'consent.is.declined': 'Ha dicho que no. Esta pregunta no se hace.',
  'consent.is.expired':
    'Esta petición ha terminado. Si la pregunta sigue siendo necesaria, la administración debe pedírselo de nuevo.',
  'check.consent': 'Pedir el consentimiento de la persona',
  'check.consentNeeded':
    'La respuesta solo se da con el consentimiento de la persona a esta única pregunta. Primero se le pregunta a la persona, en una oficina independiente de la suya.',
  'consent.caption': 'Consentimiento de la persona',
  'consent.wait': 'La persona aún no ha decidido',
  'consent.waitText':
    'Diga a la persona que una pregunta la espera en esta dirección. Se identifica allí ella misma; no hace falta enviarle nada más.',
  'consent.look': 'Mirar de nuevo, y preguntar si hay consentimiento',
  'consent.lookHint':
    'Un consentimiento vale 10 minutos. Cuando la persona haya decidido, pulse el botón; con su consentimiento se pregunta en el acto.',
  'consent.no': 'La persona no ha consentido',
  'consent.noDeclined': 'La persona ha dicho que no. No se ha preguntado nada.',
  'consent.noExpired':
    'El plazo para decidir, o el consentimiento, ha terminado. No se ha preguntado nada. Si el expediente aún necesita el dato, pregunte de nuevo a la persona.',
  'consent.withdraw': 'Volver a la pregunta',
}
