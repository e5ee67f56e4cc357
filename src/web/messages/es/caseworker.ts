import type { caseworker as source } from '../en/caseworker.ts'

/** The caseworker's pages, in Spanish. */
export const caseworker: Readonly<Record<keyof typeof source, string>> = {
  'case.kind': 'Asunto',
  'case.reference': 'Expediente',
  'case.opened': 'Abierto el',
  'cases.title': 'Mis expedientes',
  'cases.lead':
    '{open, plural, =0 {No tiene ningún expediente abierto.} one {Tiene # expediente abierto. Solo puede preguntar por una persona desde un expediente abierto suyo.} other {Tiene # expedientes abiertos. Solo puede preguntar por una persona desde un expediente abierto suyo.}}',
  'cases.none': 'No tiene asignado ningún expediente.',
  'cases.open': 'Abierto',
  'cases.closed': 'Cerrado',
  'cases.closedHint':
    'El expediente está cerrado, así que la pregunta será denegada. Puede ver cómo.',
  'cases.ask': 'Hacer una pregunta',
  'cases.askClosed': 'Preguntar de todos modos',
  'cases.about': 'sobre {name}',
  'need.title': '¿Qué necesita saber?',
  'need.hint':
    'Usted elige lo que necesita, no lo que mira. No se muestra nada antes de preguntar.',
  'need.about': 'Sobre {name}',
  'need.answeredBy': 'Responde: {organisation}.',
  'need.missing': 'Elija lo que necesita saber',
  'check.caption': 'Todavía no se ha preguntado nada',
  'check.title': 'Compruebe antes de preguntar',
  'check.person': 'Persona',
  'check.need': 'Necesita saber',
  'check.facts': 'Datos que se piden',
  'check.provider': 'Se pregunta a',
  'check.purpose': 'Finalidad',
  'check.law': 'Ley',
  'check.agreement': 'Acuerdo',
  'check.agreementVersion': '{agreement}, versión {version}',
  'check.personSees':
    '<strong>La persona lo verá.</strong> Su organismo, la finalidad, la ley y los datos pedidos aparecen en su página. El nombre de usted no.',
  'check.trace':
    'Ambos organismos escriben una entrada que no se puede borrar, haya respuesta o denegación.',
  'check.ask': 'Hacer esta pregunta',
  'answer.title': 'La respuesta',
  'answer.case': 'Expediente {reference}',
  'answer.yes': 'Sí',
  'answer.no': 'No',
  'answer.none': 'No consta nada',
  'answer.number': '{value, number}',
  'answer.may': 'Qué puede hacer con ella',
  'answer.use': 'Usarla',
  'answer.useHere': 'Solo para este expediente. No la transmita.',
  'answer.usePurpose': 'Para la finalidad de su pregunta.',
  'answer.keep': 'Guardarla',
  'answer.keepUntil': 'Hasta el {until}.',
  'answer.contest': 'Si la persona se opone',
  'answer.contestUntil':
    'Puede oponerse hasta el {until}. No decida antes nada definitivo en su contra.',
  'answer.back': 'Volver a mis expedientes',
  'answer.limit.register':
    'Si el registro tiene razón. Dice lo que el otro organismo guarda; compárelo con los papeles del expediente.',
  'answer.limit.forgotten':
    'La respuesta más tarde: esta página la olvida a los {minutes} minutos. Anote en el expediente lo que necesite.',
  'proof.title': 'Prueba',
  'proof.ours': 'Su pregunta está en el diario: {organisation}',
  'proof.theirs': 'La respuesta es la entrada {index} del diario: {organisation}',
  'proof.provisional': 'A la espera del testigo; hasta entonces la respuesta es provisional',
  'proof.witnessed': 'Con testigo hace {age}',
  'proof.witnessedNow': 'Con testigo ahora mismo',
  'proof.again': 'Ver si ya tiene testigo',
  'denied.title': 'Denegada',
  'denied.label': 'La pregunta fue denegada',
  'denied.next': 'Qué puede hacer',
  'denied.nextUnknown': 'Pregunte a su delegado de protección de datos y dele el código que sigue.',
  'denied.trace': 'Qué quedó escrito',
  'denied.entry': 'Entrada',
  'denied.noEntry':
    'Ninguna entrada en el otro organismo: la pregunta no llegó allí a una decisión',
  'denied.seen': 'Las preguntas denegadas también se muestran a la persona, con el motivo.',
  'trace.title': 'Mis preguntas',
  'trace.lead':
    '{count, plural, =0 {Todavía no ha preguntado nada.} one {Ha hecho # pregunta; {refused, plural, =0 {ninguna fue denegada} one {# fue denegada} other {# fueron denegadas}}.} other {Ha hecho # preguntas; {refused, plural, =0 {ninguna fue denegada} one {# fue denegada} other {# fueron denegadas}}.}}',
  'trace.entry': 'Entrada',
  'trace.corrected':
    '{count, plural, one {# respuesta se ha corregido después. Mírela primero.} other {# respuestas se han corregido después. Mírelas primero.}}',
  'corrected.title': 'Esta respuesta se ha corregido',
  'corrected.facts': 'Qué se ha corregido',
  'corrected.by': 'Corregido por',
  'corrected.byOn': '{organisation}, el {when}',
  'corrected.received': 'Se nos comunicó',
  'corrected.now': 'Qué hacer ahora',
  'corrected.dontUse': 'No use más la respuesta antigua.',
  'corrected.askAgain':
    'Si el expediente aún necesita el dato, pregunte de nuevo desde el expediente. Recibirá el dato corregido.',
  'corrected.lookAgain':
    'Si se tomó una decisión con la respuesta antigua, revísela y diga a la persona qué ha resultado.',
}
