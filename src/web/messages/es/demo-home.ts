import type { demoHome as source } from '../en/demo-home.ts'

/** The demo's front door and its attempts to cheat, in Spanish. */
export const demoHome: Readonly<Record<keyof typeof source, string>> = {
  'home.title': 'Tres organismos, ninguna base común',
  'home.lead':
    'Cada organismo guarda su registro tras su propia pared. Una pregunta sobre una persona puede pasar, si un acuerdo lo permite. Cada pregunta deja una huella que nadie puede borrar.',
  'home.four':
    'La petición <strong>«deme las personas que…»</strong> aquí no existe: ninguna página, ningún mensaje y ninguna orden puede hacer una lista de personas.',
  'home.picture':
    'Tres habitaciones contiguas: vivienda, hacienda y seguridad social. Una pregunta va de vivienda a hacienda a través de la pared, y vuelve una respuesta. Debajo corre un diario, con una marca por pregunta.',
  'home.room.housing': 'Vivienda',
  'home.room.tax': 'Hacienda',
  'home.room.social': 'Seguridad social',
  'home.processes': 'Lo que está en marcha',
  'home.processesLead':
    'Son programas separados, con sus propias claves y carpetas. Ninguno puede leer el registro de otro.',
  'home.process': 'Puerto {port} · proceso {pid}',
  'home.limit.agreements':
    'Si un acuerdo entre dos organismos es buena idea. Solo muestra que no se respondió nada fuera de él.',
  'home.limit.outside':
    'Lo que se hace sin Cloison: dos organismos aún pueden enviarse una hoja de cálculo por correo.',
  'story.title': 'La historia en seis pasos',
  'story.ask.title': 'Un funcionario pregunta una sola cosa',
  'story.ask.text':
    '¿Los ingresos de esta persona están por debajo del límite de la ayuda al alquiler? Una persona, un expediente abierto, un dato.',
  'story.ask.link': 'Ser un funcionario',
  'story.answer.title': 'Hacienda decide',
  'story.answer.text':
    'Comprueba acuerdo, finalidad, expediente y límites, escribe la entrada y solo entonces dice sí o no. Los ingresos se quedan donde están.',
  'story.answer.link': 'Ver la huella del funcionario',
  'story.witness.title': 'Un testigo firma el diario',
  'story.witness.text':
    'Un testigo independiente firma la cabeza de cada diario. Desde entonces nadie puede reescribirlo sin que se note.',
  'story.witness.link': 'Ver las cabezas',
  'story.person.title': 'La persona lo ve',
  'story.person.text':
    'Quién preguntó, cuándo, por qué, según qué ley y qué datos. También las preguntas denegadas.',
  'story.person.link': 'Ser la persona',
  'story.verify.title': 'Cualquiera puede comprobarlo',
  'story.verify.text':
    'El navegador recalcula cada prueba. También lo hace una orden, sin red y sin cuenta.',
  'story.verify.link': 'Comprobar las pruebas',
  'story.cheat.title': 'Ahora intente hacer trampa',
  'story.cheat.text': 'Rompa las reglas a propósito y vea qué le detiene y qué deja tras de sí.',
  'story.cheat.link': 'Ir a los botones',
  'cheat.title': 'Intente hacer trampa',
  'cheat.lead':
    'Cada botón lanza un ataque real contra los organismos en marcha y muestra qué lo detuvo.',
  'cheat.try': 'Intentarlo',
  'cheat.caption': 'Intento de trampa',
  'cheat.enumerate.title': 'Preguntar por todos',
  'cheat.enumerate.text': 'Usar un acuerdo válido e ir persona por persona para hacer una lista.',
  'cheat.edit-log.title': 'Modificar el diario',
  'cheat.edit-log.text':
    'Cambiar un byte de una entrada ya publicada, como podría hacer un administrador.',
  'cheat.no-case.title': 'Preguntar sin expediente',
  'cheat.no-case.text': 'Preguntar por alguien que no tiene ningún expediente abierto.',
  'cheat.restore.title': 'Restaurar los archivos de ayer',
  'cheat.restore.text':
    'Restaurar de una copia un estado, una memoria de cabeza o un diario publicado más antiguos, en las siete combinaciones, en una copia hecha para ello.',
  'cheat.progress': '{done} de {total} intentos hechos. Cada uno arranca su propia pasarela.',
  'cheat.lookAgain': 'Ver cómo va',
  'restore.caption': 'Archivos más antiguos que se restauraron, y quién lo notó',
  'restore.what': 'Restaurado',
  'restore.outcome': 'El arranque',
  'restore.refused': 'Rechazado',
  'restore.noticedBy': 'Lo notó',
  'restore.part.state': 'Base de estado',
  'restore.part.head': 'Memoria de cabeza',
  'restore.part.folder': 'Diario publicado',
  'restore.by.state': 'La base de estado',
  'restore.by.head': 'La memoria de cabeza',
  'restore.by.folder': 'El diario publicado',
  'restore.by.memory': 'La memoria de lo que la pasarela publicó',
  'restore.by.witness': 'El testigo',
  'cheat.stoppedBy': 'Qué lo detuvo',
  'cheat.steps': 'Qué se intentó',
  'cheat.left': 'Qué dejó tras de sí',
  'cheat.entry': 'Entrada',
  'cheat.entryKind': 'Clase de entrada',
  'cheat.noEntry': 'Ninguna: no llegó al punto en que se escribe una entrada',
  'cheat.again': 'Intentarlo de otro modo',
}
