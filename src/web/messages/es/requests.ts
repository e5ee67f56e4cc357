import type { requests as source } from '../en/requests.ts'

/** Requests of persons, in Spanish. */
export const requests: Readonly<Record<keyof typeof source, string>> = {
  'section.requests': 'Sus solicitudes',
  'section.officeRequests': 'Solicitudes de personas',
  'request.begin': 'Oponerme, corregir o preguntar',
  'request.beginAbout': 'sobre la pregunta de {organisation}',
  'request.title': '¿Qué quiere?',
  'request.caption': 'Sobre la pregunta de {organisation}, {when}',
  'request.lead':
    'Su solicitud llega a la persona delegada de protección de datos. Tendrá respuesta en el plazo de un mes; es gratis.',
  'request.whom': '¿A quién?',
  'request.whomHint':
    'El organismo consultado guarda los datos y decide qué responde. El que preguntó decide qué hace con ellos.',
  'request.toAsked': '{organisation}, a la que se preguntó',
  'request.toAsker': '{organisation}, que preguntó',
  'request.whomMissing': 'Elija quién recibe su solicitud',
  'request.reference': 'Se trata de la entrada {index} del diario {origin}, del {when}.',
  'request.kind': 'Su solicitud',
  'requestKind.objection': 'Me opongo',
  'requestKind.correction': 'Un dato registrado es incorrecto',
  'requestKind.access': 'Mostrarme o explicarme mis datos',
  'requestKind.question': 'Otra pregunta',
  'request.kindMissing': 'Elija lo que quiere',
  'request.which': '¿Qué datos?',
  'request.whichHint': 'Para una corrección, elija lo que es incorrecto. Si no, puede dejarlo.',
  'request.elementsMissing': 'Elija lo que es incorrecto',
  'request.words': 'Con sus palabras',
  'request.wordsHint':
    'Como máximo {most, number} caracteres. Solo usted y la persona delegada de protección de datos pueden leerlo.',
  'request.textMissing': 'Escriba lo que quiere, en 2.000 caracteres como máximo',
  'request.check': 'Revise su solicitud',
  'request.to': 'Para',
  'request.checkDue': 'Si la presenta ahora, la respuesta vence el {when}.',
  'request.noHold':
    'Mientras tanto no se retiene nada: hasta que se decida su oposición, se siguen haciendo y respondiendo preguntas sobre usted.',
  'request.checkLog':
    'El diario público mostrará que se hizo una solicitud de este tipo y cuándo hay que responderla. No mostrará quién la hizo ni lo que usted escribió.',
  'request.file': 'Presentar esta solicitud',
  'request.notFiled': 'La solicitud no se presentó',
  'request.notTaken': 'No se hizo nada',
  'request.own': 'Sus solicitudes',
  'request.ownLead':
    '{count, plural, =0 {No ha hecho ninguna solicitud.} one {Ha hecho # solicitud.} other {Ha hecho # solicitudes.}}',
  'request.more': 'Otra cosa',
  'request.moreText':
    'Para oponerse a una pregunta, o para corregir una respuesta, empiece en esa pregunta.',
  'request.fromList': 'Elegirla en la lista',
  'request.another': 'Hacer una solicitud sin pregunta concreta',
  'request.card': 'Solicitud {number} a {organisation}',
  'request.line': 'Solicitud {number}: {kind}',
  'request.due': 'Respuesta',
  'request.dueBy':
    'Vence el {when}, {days, plural, =0 {en menos de un día} one {en # día} other {en # días}}.',
  'request.lateBy':
    'Vencía el {when}, {days, plural, =0 {hace menos de un día} one {hace # día} other {hace # días}}.',
  'request.decidedAt': 'Decidida el {when}.',
  'request.filedAt': 'Presentada el {when}.',
  'request.overdue': 'Vencida',
  'requestState.received': 'Recibida',
  'requestState.extended': 'Prorrogada',
  'requestState.granted': 'Concedida',
  'requestState.refused': 'Denegada',
  'request.about': 'Sobre',
  'request.elements': 'Datos',
  'request.text': 'Con sus palabras',
  'request.erased': 'El texto se borró; ya nadie puede leerlo.',
  'request.extended': 'Por qué tarda más',
  'request.answer': 'Respuesta dada',
  'request.refusedBy': 'Denegada porque',
  'request.effect': 'Efecto',
  'request.restricted': 'Ya no se responden preguntas sobre esta persona.',
  'request.read': 'La persona delegada de protección de datos la abrió el {when}.',
  'request.complain':
    'Puede reclamar ante la autoridad de control o acudir a un tribunal. Descargue sus entradas con sus pruebas y llévelas consigo.',
  'request.toldTitle': 'A quién se informó de la corrección',
  'request.toldNobody':
    'Nadie había recibido estos datos de esta organización, así que no había a quién informar.',
  'request.told.waiting':
    'Se está informando a {organisation}: {facts}. Aún no hay acuse de recibo.{when, select, other {}}{entry, select, other {}}',
  'request.told.received':
    'Se informó a {organisation}: {facts}. Acuse de recibo del {when}, entrada {entry, number}.',
  'request.told.unknown':
    '{organisation} ya no conserva esa pregunta ({when}): {facts}.{entry, select, other {}}',
  'request.toldFacts': 'datos sobre usted',
  'request.office': 'Solicitudes de las personas',
  'request.officeLead':
    '{open, plural, =0 {Ninguna solicitud abierta.} one {# solicitud abierta} other {# solicitudes abiertas}}{open, plural, =0 {} other {{late, plural, =0 {, ninguna vencida.} one {, # vencida.} other {, # vencidas.}}}}',
  'request.officeText':
    'La lista no nombra a nadie. De quién es una solicitud lo ve al abrirla; eso es una entrada del diario, y la persona la ve.',
  'request.openText':
    'Abrir esta solicitud muestra de quién es y qué escribió. Es una entrada del diario, y la persona ve cuándo se abrió.',
  'request.open': 'Abrir esta solicitud',
  'request.from': 'De <strong>{scheme} {value}</strong>',
  'request.decide': 'Decidir',
  'request.outcome': 'Decisión',
  'requestGrant.objection': 'Conceder: la oposición procede',
  'requestGrant.correction':
    'Conceder: está corregido en el registro; se informa a todos los que lo tenían',
  'requestGrant.access': 'Conceder: se muestran o explican los datos',
  'requestGrant.question': 'Responder',
  'request.refuseBy': 'Denegar: {law}',
  'requestLaw.eu-gdpr:A12-5':
    'la solicitud es manifiestamente infundada o excesiva (RGPD, artículo 12, apartado 5)',
  'requestLaw.eu-gdpr:A11-2':
    'la organización no puede identificar a la persona (RGPD, artículo 11, apartado 2)',
  'requestLaw.eu-gdpr:A23': 'una ley limita este derecho (RGPD, artículo 23)',
  'requestLaw.eu-gdpr:A16': 'lo registrado es exacto (RGPD, artículo 16)',
  'requestLaw.eu-gdpr:A15-4': 'afectaría a los derechos de otros (RGPD, artículo 15, apartado 4)',
  'requestLaw.eu-gdpr:A21-1':
    'prevalecen motivos legítimos imperiosos (RGPD, artículo 21, apartado 1)',
  'request.noHoldHere':
    'Nada se retiene hasta que usted decida. Si el motivo es urgente, decida ahora: en cuanto se acepta una oposición, las respuestas pueden cesar.',
  'request.restrict': 'Dejar de responder preguntas sobre esta persona',
  'request.answerLabel': 'Respuesta a la persona',
  'request.answerHint':
    'Como máximo {most, number} caracteres, con palabras sencillas. Solo la persona y usted pueden leerlo.',
  'request.decideButton': 'Decidir e informar a la persona',
  'request.outcomeMissing': 'Elija una decisión',
  'request.answerMissing': 'Escriba una respuesta, en 2.000 caracteres como máximo',
  'request.extend': 'Tomar dos meses más',
  'request.reasonLabel': 'Por qué hace falta más tiempo',
  'request.reasonHint': 'Una sola vez, y solo en el primer mes. La persona lo leerá.',
  'request.reasonMissing': 'Escriba por qué hace falta más tiempo',
  'request.extendButton': 'Prorrogar e informar a la persona',
  'requestRefusal.REQUEST_CAP':
    'Ha hecho diez solicitudes a esta organización en 30 días. Espere un tiempo o escriba a la persona delegada de protección de datos.',
  'requestRefusal.LOG_UNAVAILABLE':
    'El diario no se puede escribir en este momento; no se hizo nada. Inténtelo de nuevo más tarde.',
  'requestRefusal.REQUEST_DECIDED': 'La solicitud ya está decidida, y una decisión queda.',
  'requestRefusal.REQUEST_EXTENDED': 'La solicitud ya se prorrogó.',
  'requestRefusal.EXTENSION_TOO_LATE':
    'El primer mes ya pasó: ahora la solicitud solo se puede decidir.',
  'requestRefusal.LAW_UNFIT': 'Esta ley no corresponde a este tipo de solicitud.',
  'requestRefusal.REQUEST_UNKNOWN': 'Aquí no hay ninguna solicitud con este número.',
}
