import type { reportSentences as english } from '../en/report-sentences.ts'

/** Sentences that reports say, in Spanish. */
export const reportSentences: Readonly<Record<keyof typeof english, string>> = {
  'reportSays.attribute': 'el valor mismo',
  'reportSays.predicate': 'solo sí o no',
  'reportSays.needs-consent': 'solo con el consentimiento de la persona',
  'reportSays.notice-tables':
    'No se pregunta por nadie en particular, así que no se avisa a nadie; las tablas son públicas.',
  'reportSays.notice-immediate': 'La persona ve cada pregunta de inmediato en su propia página.',
  'reportSays.notice-withheld':
    'Aplazado por orden de una autoridad, contado en público, se abre por sí solo al final a más tardar',
  'reportSays.contest':
    'La persona tiene este plazo para impugnar antes de que una respuesta cuente en su contra',
  'reportSays.contest-tables': 'Con una tabla no se decide nada sobre nadie.',
  'reportSays.security':
    'Cada pregunta y respuesta va firmada, cifrada en tránsito y anotada en ambos diarios antes de salir; cada entrada puede probarse.',
  'reportSays.no-redisclosure': 'Según el acuerdo, las respuestas nunca se comunican a otros.',
  'reportSays.return':
    'Según el acuerdo, una respuesta se usa solo en su expediente y no se copia en otro registro.',
  'reportSays.accuracy':
    'El proveedor contesta desde su registro en el momento de la pregunta; las rectificaciones se comunican a cada destinatario anterior.',
  'reportSays.comptroller':
    'El Contralor General puede acceder a todos los documentos necesarios para vigilar el cumplimiento.',
  'reportSays.transfers': 'Ninguna por Cloison: una respuesta va solo al destinatario.',
  'reportSays.rights': 'Puede pedir acceso, rectificación, supresión y limitación, y oponerse.',
  'reportSays.complaint': 'Puede reclamar ante una autoridad de control.',
  'reportSays.sealed':
    'Trata del expediente de otra persona: aquí no se dice más, y un inspector puede abrirlo.',
  'reportSays.automated': 'Cloison no decide nada sobre usted; lo hace un funcionario.',
  'reportSays.values':
    'El diario tiene los nombres de los datos, nunca sus valores. Pida una copia de los valores a la organización.',
  'reportSays.role-provider': 'Tiene el registro y contesta',
  'reportSays.role-consumer': 'Pregunta',
  'reportSays.measure-one-person':
    'Una pregunta es sobre una persona en un expediente abierto; ningún mensaje puede pedir una lista.',
  'reportSays.measure-case':
    'El sistema de expedientes firma que el expediente está abierto, que el funcionario lo lleva y que la persona es parte.',
  'reportSays.measure-trace':
    'Cada pregunta, también la denegada, es una entrada antes de que salga una respuesta.',
  'reportSays.measure-caps':
    'Topes de preguntas y de personas distintas rigen en el mismo paso que contesta.',
  'reportSays.measure-time-lock': 'Todo lo que deja salir más es antes público y espera.',
  'reportSays.measure-witnesses':
    'Testigos independientes firman el diario: ninguna entrada puede retirarse.',
  'reportSays.measure-no-copies':
    'Los registros se quedan donde están; se mueve una respuesta y ninguna copia.',
  'reportSays.measure-consent':
    'Los datos protegidos se contestan solo con un consentimiento para esa única pregunta, firmado por un emisor independiente.',
  'reportSays.measure-tables-noise':
    'Las tablas llevan ruido que oculta a cada persona (privacidad diferencial).',
  'reportSays.measure-budget':
    'Un libro público cuenta lo que gasta cada tabla y termina en un límite anual.',
  'reportSays.measure-notice':
    'La persona ve cada entrada en su página, con pruebas, y que no falta ninguna.',
  'reportSays.measure-register': 'El acuerdo con todas sus condiciones está en el diario público.',
  'reportSays.measure-contest':
    'Hay plazo para impugnar antes de que una respuesta cuente en contra de la persona.',
  'reportSays.measure-outside':
    'Nada aquí lo impide; deben hacerlo las reglas y auditorías de la organización.',
  'reportSays.risk-list': 'Alguien hace una lista de personas',
  'reportSays.risk-curiosity': 'Un funcionario consulta a alguien sin necesidad',
  'reportSays.risk-secrecy': 'Alguien oculta que se hizo una pregunta',
  'reportSays.risk-expansion': 'El uso crece sin que nadie lo note',
  'reportSays.risk-error': 'Un valor erróneo o antiguo cuenta en contra de la persona',
  'reportSays.risk-outside':
    'Una respuesta se copia fuera de Cloison, o se fotografía una pantalla',
  'reportSays.risk-singling-out': 'Alguien averigua algo de una persona a partir de tablas',
  'reportSays.breach-consequences':
    'Quien tenía la clave podía ver o dejar pasar las respuestas aquí contadas. Cada persona ve en su página de qué datos se trataba.',
  'reportSays.breach-measures':
    'Una clave revocada en el directorio no firma nada que cuente desde esa entrada.',
  'reportSays.breach-notice':
    'Cada persona afectada encuentra un aviso en su propia página. Nadie recibe una lista.',
}
