/** What a person takes away: a complaint, and the list in words; in Spanish. */
export const complaint = {
  'complaint.title': 'Reclamación por preguntas que se hicieron sobre mí',
  'complaint.lead':
    'A una autoridad de control, según el artículo 77 del Reglamento General de Protección de Datos o la ley que lo sustituya.',
  'complaint.made': 'Hecha el {when}.',
  'complaint.to': 'A',
  'complaint.toText': 'Nombre y dirección de la autoridad de control:',
  'complaint.from': 'De',
  'complaint.fromText': 'Dirección en la que se le puede localizar:',
  'complaint.why': 'De qué reclamo',
  'complaint.reason.notMine':
    'No solicité nada ni se me avisó de ninguna comprobación que necesitara esta pregunta.',
  'complaint.reason.noLaw': 'No veo ninguna ley que lo permita.',
  'complaint.reason.tooMuch': 'Se preguntó más de lo necesario.',
  'complaint.reason.wrong': 'Lo que se dijo de mí es falso.',
  'complaint.reason.noReply': 'Escribí al organismo y no ha respondido en el plazo de un mes.',
  'complaint.reason.other': 'Otra cosa.',
  'complaint.ownWords': 'Con mis propias palabras:',
  'complaint.responsible': 'Quién es responsable y adónde escribir',
  'complaint.noAddress': 'Dirección desconocida aquí',
  'complaint.entries':
    '{count, plural, =0 {Ninguna pregunta} one {La pregunta} other {Las # preguntas}}',
  'complaint.entry': '{number}. {when}',
  'complaint.asked': 'Hecha por',
  'complaint.answered': 'Hecha a',
  'complaint.outcome': 'En qué quedó',
  'complaint.noAgreement': 'No se nombra ninguno',
  'complaint.rights': 'Qué puede esperar',
  'complaint.rightsText':
    'Una reclamación no cuesta nada. La autoridad debe decirle en tres meses cómo va. También puede acudir a un tribunal. Conviene escribir antes al organismo: tiene un mes para responder.',
  'complaint.verifyText':
    'El archivo {file} contiene cada entrada con su prueba. La orden de abajo comprueba el archivo en cualquier ordenador, sin preguntar a los organismos.',
  'complaint.personal':
    'Esta página contiene datos personales: trata de usted, para usted y para quien usted se la entregue.',
  'complaint.placeDate': 'Lugar y fecha:',
  'complaint.signature': 'Firma:',
  'complaint.agreements': '{count, plural, one {El acuerdo} other {Los # acuerdos}}',
  'complaint.standing': 'Hoy',
  'complaint.agreementGone': '{name}. No está en vigor y su texto ya no se conserva.',
  'complaint.verifyAgreements':
    'La carpeta «agreements» contiene los textos firmados de los acuerdos de arriba.',
  'complaint.about': 'Hacer una reclamación',
  'complaint.heading': 'Reclamar ante la autoridad',
  'complaint.text':
    'Un archivo para su autoridad de protección de datos: una página para rellenar e imprimir, cada entrada con su prueba, los acuerdos firmados y a quién escribir. No se envía nada; lo entrega usted.',
  'complaint.all': 'Hacer una reclamación por todo',
  'complaint.read': 'Descargar una página para leer',
} as const
