import type { refusals as source } from '../en/refusals.ts'

/** Every code that ends a question or an attack, as a sentence and a next step, in Spanish. */
export const refusals: Readonly<Record<keyof typeof source, string>> = {
  'code.MALFORMED': 'La pregunta no tenía la forma debida',
  'next.MALFORMED': 'Es un fallo del programa, no suyo. Dé el código a quienes llevan el servicio.',
  'code.PEER_UNKNOWN': 'El otro organismo no nos conoce',
  'next.PEER_UNKNOWN':
    'Los administradores de ambos organismos tienen que intercambiar antes sus claves.',
  'code.SIGNATURE_INVALID': 'La firma de la pregunta no era buena',
  'next.SIGNATURE_INVALID':
    'Es un fallo del programa, no suyo. Dé el código a quienes llevan el servicio.',
  'code.AGREEMENT_UNKNOWN': 'Ese acuerdo no existe',
  'next.AGREEMENT_UNKNOWN':
    'Pregunte a su delegado de protección de datos qué acuerdo cubre esta necesidad.',
  'code.LOG_REGRESSED': 'Se había restaurado un estado más antiguo del diario',
  'code.LOG_UNAVAILABLE': 'No se pudo escribir el diario, así que no se respondió nada',
  'next.LOG_UNAVAILABLE':
    'Inténtelo de nuevo en unos minutos. No se da ninguna respuesta sin una entrada.',
  'code.REPLAYED': 'Esta pregunta ya se había enviado',
  'next.REPLAYED': 'Pregunte otra vez desde el expediente. Cada pregunta se envía una vez.',
  'code.CLOCK_SKEW': 'Los relojes de los dos organismos difieren demasiado',
  'next.CLOCK_SKEW':
    'Avise a quienes llevan el servicio. Podrá preguntar cuando los relojes coincidan.',
  'code.EXCHANGE_CONFLICT': 'Otra pregunta ya había usado este número',
  'next.EXCHANGE_CONFLICT': 'Pregunte otra vez desde el expediente.',
  'code.ANSWER_EXPIRED': 'La respuesta ya no se guarda',
  'next.ANSWER_EXPIRED':
    'Pregunte otra vez si el expediente aún lo necesita. Una respuesta se puede recoger durante 15 minutos.',
  'code.AGREEMENT_NOT_ACTIVE': 'El acuerdo no está en vigor',
  'next.AGREEMENT_NOT_ACTIVE': 'Pregunte a su delegado de protección de datos cuándo lo estará.',
  'code.TIME_LOCKED': 'El acuerdo está publicado y aún no está en vigor',
  'next.TIME_LOCKED': 'Espere a que acabe el plazo. Todos pueden ver hasta cuándo corre.',
  'code.AGREEMENT_EXPIRED': 'El acuerdo ha terminado',
  'next.AGREEMENT_EXPIRED':
    'Pida el papel a la persona, o un nuevo acuerdo a su delegado de protección de datos.',
  'code.AGREEMENT_SUSPENDED': 'El acuerdo está suspendido',
  'next.AGREEMENT_SUSPENDED':
    'Pregunte por qué a su delegado de protección de datos. No se responde nada hasta que se reanude.',
  'code.PURPOSE_MISMATCH': 'El acuerdo no se hizo para esta finalidad',
  'next.PURPOSE_MISMATCH':
    'Elija una necesidad que convenga al expediente. No se puede usar otra finalidad.',
  'code.LEGAL_BASIS_MISSING': 'El acuerdo no nombra esta ley',
  'next.LEGAL_BASIS_MISSING':
    'Pregunte a su delegado de protección de datos qué ley cubre esta necesidad.',
  'code.ELEMENT_NOT_AGREED': 'El acuerdo no cubre este dato',
  'next.ELEMENT_NOT_AGREED': 'Elija otra necesidad, o pida el papel a la persona.',
  'code.PROTECTED_ELEMENT': 'Este dato está especialmente protegido',
  'next.PROTECTED_ELEMENT':
    'Solo se puede pedir con el consentimiento de la persona a esta única pregunta.',
  'code.CONSENT_MISSING': 'Falta el consentimiento de la persona',
  'next.CONSENT_MISSING': 'Pídaselo. Lo da ella misma, para esta única pregunta.',
  'code.CONSENT_INVALID': 'El consentimiento de la persona no corresponde a esta pregunta',
  'next.CONSENT_INVALID':
    'Pídale un nuevo consentimiento. Cada uno vale para una pregunta y 15 minutos.',
  'code.PRECONDITION_FAILED': 'No se cumple una condición del acuerdo',
  'next.PRECONDITION_FAILED':
    'Compruebe lo que el expediente dice de la persona y corríjalo antes.',
  'code.CASE_REQUIRED': 'No hay expediente para esta pregunta',
  'next.CASE_REQUIRED': 'Pregunte desde un expediente abierto que tenga asignado.',
  'code.CASE_CLOSED': 'El expediente está cerrado',
  'next.CASE_CLOSED':
    'Si el asunto sigue, vuelva a abrirlo en el sistema de expedientes. Después pregunte.',
  'code.OFFICIAL_NOT_ASSIGNED': 'No tiene asignado el expediente',
  'next.OFFICIAL_NOT_ASSIGNED':
    'Haga que se lo asignen, o deje la pregunta al funcionario que lo lleva.',
  'code.OFFICIAL_UNKNOWN': 'El funcionario no está inscrito',
  'next.OFFICIAL_UNKNOWN':
    'Su delegado de protección de datos puede inscribirle. También eso es una entrada del diario.',
  'code.OFFICIAL_SUSPENDED': 'Una pregunta de urgencia espera su revisión',
  'next.OFFICIAL_SUSPENDED':
    'Una pregunta de urgencia suya no se revisó en 24 horas, o se consideró injustificada. Pida al delegado de protección de datos del organismo que respondió que la revise.',
  'code.CONFIRMATION_INVALID': 'El segundo funcionario no puede confirmarlo',
  'next.CONFIRMATION_INVALID':
    'Que otro compañero inscrito inicie sesión y confirme, o pregunte sin confirmación: entonces la pregunta se revisa en 24 horas.',
  'code.SUBJECT_NOT_PARTY': 'La persona no es parte del expediente',
  'next.SUBJECT_NOT_PARTY':
    'Solo se puede preguntar por quienes son parte del expediente. Compruebe si se retiró.',
  'code.ASKED_RECEIPT_MISSING': 'Nuestro propio diario no había anotado antes la pregunta',
  'next.ASKED_RECEIPT_MISSING':
    'Pregunte otra vez desde el expediente. Nada se responde antes de estar en nuestro diario.',
  'code.SUBJECT_ID_INVALID': 'El número de la persona no es válido',
  'next.SUBJECT_ID_INVALID': 'Corrija el número en el expediente. Nunca se repara ni se adivina.',
  'code.SECRECY_NOT_AUTHORISED': 'Nadie ha autorizado ocultárselo a la persona',
  'next.SECRECY_NOT_AUTHORISED':
    'Pregunte abiertamente. Retener el aviso exige una orden, una ley y una fecha final.',
  'code.CAP_EXCEEDED': 'Se ha alcanzado el límite de preguntas',
  'next.CAP_EXCEEDED':
    'Espere a que el límite lo permita, o pida el papel a la persona. Su delegado de protección de datos ve cómo se usa el límite.',
  'code.RATE_LIMITED': 'Demasiadas solicitudes a la vez',
  'next.RATE_LIMITED': 'Espere un minuto y vuelva a preguntar.',
  'code.QUOTA_EXCEEDED': 'Hoy se han denegado demasiadas preguntas de esta organización',
  'next.QUOTA_EXCEEDED':
    'Corrija lo que causa las denegaciones. Su delegado de protección de datos ve los códigos.',
  'code.SUBJECT_RESTRICTED': 'Los datos de la persona están limitados',
  'next.SUBJECT_RESTRICTED':
    'Pregunte directamente a la persona. Ella, o un juez, ha limitado el uso de sus datos.',
  'code.REGISTER_UNAVAILABLE': 'No se pudo consultar el registro a tiempo',
  'next.REGISTER_UNAVAILABLE': 'Inténtelo de nuevo en unos minutos.',
  'code.PEER_UNAVAILABLE': 'El otro organismo no respondió',
  'next.PEER_UNAVAILABLE':
    'Inténtelo de nuevo en unos minutos. Si sigue, avise a quienes llevan el servicio.',
  'code.ANSWER_REFUSED': 'La prueba de la respuesta no era correcta y se desechó',
  'next.ANSWER_REFUSED':
    'Avise enseguida a su delegado de protección de datos. El recibo es una prueba.',
  'code.TOO_LARGE': 'La pregunta era demasiado larga',
  'next.TOO_LARGE': 'Es un fallo del programa, no suyo. Dé el código a quienes llevan el servicio.',
  'code.UNSUPPORTED_MEDIA': 'La pregunta vino en una forma que no se lee',
  'next.UNSUPPORTED_MEDIA':
    'Es un fallo del programa, no suyo. Dé el código a quienes llevan el servicio.',
  'code.UNAUTHENTICATED': 'El otro lado no sabe quién pregunta',
  'next.UNAUTHENTICATED':
    'Identifíquese de nuevo. Si no ayuda, dé el código a quienes llevan el servicio.',
  'code.EXCHANGE_UNKNOWN': 'El intercambio no se conoce aquí',
  'next.EXCHANGE_UNKNOWN': 'Ya no se puede decir nada de él. Puede que su ficha se haya borrado.',
  'code.JOIN_UNKNOWN': 'El cruce no se conoce aquí',
  'next.JOIN_UNKNOWN':
    'Ningún cruce con este número ha empezado aquí. La pasarela vuelve a enviar su mensaje por sí misma.',
  'code.JOIN_OVER': 'El cruce se ha detenido',
  'next.JOIN_OVER': 'El cruce ya no acepta mensajes. Acuerde un plan nuevo.',
  'code.NOT_FOUND': 'No hay nada en esta dirección',
  'next.NOT_FOUND': 'Es un fallo del programa, no suyo. Dé el código a quienes llevan el servicio.',
  'code.INTERNAL': 'Una pasarela falló; no se respondió nada',
  'next.INTERNAL':
    'Inténtelo de nuevo en unos minutos. Si sigue, dé el código a quienes llevan el servicio.',
  'code.CASE_SOURCE_UNAVAILABLE': 'El sistema de expedientes no respondió',
  'next.CASE_SOURCE_UNAVAILABLE':
    'Inténtelo de nuevo en unos minutos. Sin él nadie puede avalar el expediente.',
  'code.OUTCOME_GONE': 'El resultado ya no se guarda',
  'next.OUTCOME_GONE': 'Pregunte otra vez si el expediente aún lo necesita.',
  'code.ENTRY_FORMAT': 'El diario se comprometió a algo que no es una entrada',
  'code.BUNDLE_MISSING': 'Falta un archivo de entradas',
  'code.TILE_MISSING': 'Falta una parte del diario',
  'code.CHECKPOINT_MISSING': 'Falta la cabeza del diario',
  'code.QUORUM_NOT_MET': 'Demasiado pocos testigos firmaron la cabeza del diario',
  'code.OPENING_WRONG': 'Lo publicado de una entrada no es aquello de lo que se hizo',
  'code.ENTRY_WRONG': 'Una entrada no es aquella a la que el diario se comprometió',
  'code.BUNDLE_MALFORMED': 'El archivo de entradas ya no se puede leer',
  'code.TILE_WRONG': 'Una parte del diario no corresponde a su raíz firmada',
  'code.ROOT_MISMATCH': 'El diario se reescribió: no corresponde a su raíz firmada',
  'code.FORKED': 'Hay dos historias de un mismo diario',
  'code.CHECKPOINT_REVERTED': 'Se repuso una cabeza antigua del diario',
  'code.CHECKPOINT_SIGNATURE': 'Una firma de la cabeza del diario no es buena',
  'code.CHECKPOINT_MALFORMED': 'La cabeza del diario no tiene la forma debida',
  'code.CHECKPOINT_ORIGIN': 'La cabeza es de otro diario',
  'code.CHECKPOINT_UNSIGNED': 'El diario no ha firmado su cabeza',
  'code.CHECKPOINT_SIGNER': 'Alguien desconocido firmó la cabeza del diario',
  'code.CHECKPOINT_REPEATED_SIGNER': 'Alguien firmó dos veces la cabeza del diario',
  'code.OPENING_MISSING': 'Un documento público no está publicado',
  'code.OPENING_UNEXPECTED': 'Hay un texto publicado de una entrada que no es pública',
  'code.ENTRY_AFTER_CLOSE': 'El diario siguió después de cerrarse',
  'code.EPOCH_INCONSISTENT': 'Un período cerrado no sigue al anterior',
  'code.COUNTS_MALFORMED': 'Las cuentas públicas de un mes no tienen forma conocida',
  'code.COUNTS_LEAVES': 'Las cuentas públicas de un mes no son las de sus entradas',
  'code.COUNTS_GAP': 'Las cuentas públicas de un mes no siguen a las anteriores',
  'code.COUNTS_SUM': 'Las cuentas públicas de un mes superan sus intercambios',
  'code.FILE_UNEXPECTED': 'Un archivo no pertenece al diario',
  'code.TOO_MANY_PROBLEMS': 'Hay más fallos de los que se enumeran',
}
