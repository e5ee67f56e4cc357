import type { DoctorSentence } from '../../../sentences/index.ts'

/** What the doctor finds and what is to be done, in Spanish. */
export const doctorSentences: Readonly<Record<DoctorSentence, string>> = {
  'doctorSays.said': 'el programa dice, en inglés: {said}',
  'doctorSays.coded': 'el programa dice, en inglés, con el código {code}: {said}',
  'doctorSays.warns': 'aviso del programa, en inglés: {said}',
  'doctorSays.folder': 'se puede escribir en la carpeta',
  'doctorSays.no-folder': 'la carpeta {path} no está, o no se puede escribir en ella',
  'doctorSays.unreadable': '{path} no se puede leer',
  'doctorSays.no-file': '{path} no está',
  'doctorSays.bytes': '{bytes, number} bytes',
  'doctorSays.own-file': 'solo su propietario puede leerlo',
  'doctorSays.open-file': 'otros tienen permisos sobre {path} ({mode})',
  'doctorSays.sealed':
    'los funcionarios se sellan para el delegado de «{dpo}» y «{inspector}» juntos',
  'doctorSays.unsealed':
    'aviso: quien pregunta no se sella para nadie, así que ningún inspector puede saber quién era un funcionario; fije keys.sealing (docs/how-to/open-an-identity.md)',
  'doctorSays.policy': 'es una política de testigos',
  'doctorSays.no-log': 'no hay ningún diario en el almacén de estado',
  'doctorSays.no-head':
    'el almacén de cabeza no conoce ninguna entrada, el de estado {state, number}: se repuso un estado anterior',
  'doctorSays.older-state':
    'el almacén de cabeza conoce {head, number} entradas, el de estado {state, number}: se repuso un estado anterior',
  'doctorSays.two-heads': 'los dos almacenes tienen cabezas distintas del mismo tamaño',
  'doctorSays.head':
    'la cabeza de {head, number} entradas; el almacén de estado tiene {state, number}',
  'doctorSays.unpublished': 'aún no se ha publicado nada: la pasarela lo hace cuando funciona',
  'doctorSays.published':
    '{origin} está publicado hasta la entrada {size, number} de {all, number}',
  'doctorSays.strange-head':
    'el punto de control publicado no es de los que este diario ha firmado',
  'doctorSays.unreached': 'no se puede llegar a {url}',
  'doctorSays.not-cosigned': 'aún no ha cofirmado nada de este diario',
  'doctorSays.cosigned': 'ha cofirmado {size, number} entradas',
  'doctorSays.alone': 'ninguno con dirección: nadie responde por este diario',
  'doctorSays.right':
    'el rol de la base tiene un permiso de más ({code}). La base dice, en inglés: {said}',
  'doctorSays.two-functions': 'su rol llama a dos funciones y nada más',
  'doctorSays.join-function': 'su rol lee filas para cruces por una función y nada más',
  'doctorSays.case-function': 'su rol llama a una función, nada más',
  'doctorSays.many-rows':
    'tiene {rows, number} filas, y su descripción declara una población de {size, number}',
  'doctorSays.rows': '{rows, number} filas, una por persona',
  'doctorSays.gaps': '{rows, number} filas, una por persona; sin clave declarada: {gaps}',
  'doctorSays.fits': 'encaja con los registros',
  'doctorSays.read': 'se ha leído',
  'doctorSays.silent': 'nada responde en {url}',
  'doctorSays.answers': '{url} responde',
  'doctorSays.clock': 'el reloj y el del sistema de expedientes difieren en {seconds} s',
  'doctorSays.other-source':
    '{file} nombra el sistema de expedientes {source} con otra clave u otro nombre que el de aquí',
  'doctorSays.signs': '{source} firma con {key}: los acuerdos deben nombrar esta clave',
  'doctorSays.no-cases': 'ninguno: esta organización responde, y toda pregunta propia se rechaza',
  'doctorSays.stopped': 'ahora no funciona',
  'doctorSays.ready': 'funciona y está lista',
  'doctorSays.other-program': 'algo distinto de esta pasarela responde en {address}',
  'doctorDo.command': '{command}',
  'doctorDo.see': 'vea {page}',
  'doctorDo.init': 'empiece con «cloison init», o corrija el ajuste',
  'doctorDo.begin': 'empiece con «cloison init»',
  'doctorDo.secret': 'cree el archivo, o cambie el ajuste',
  'doctorDo.evidence':
    'no arranque nada y guarde cada archivo: docs/reference/error-codes.md dice de qué es prueba',
  'doctorDo.stores': 'corrija los ajustes de los almacenes, las claves y el testigo',
  'doctorDo.witness': 'pregunte a quien lo mantiene, o añada otro',
  'doctorDo.script': 'ejecute el guion de «{command}» como administrador de la base de datos',
  'doctorDo.joins-script':
    'ejecute el guion de «{command}», dé una contraseña a su rol y nombre el archivo con su cadena de conexión',
  'doctorDo.population':
    'corrija population.size: los topes de personas se cuentan a partir de ella',
  'doctorDo.records': 'corrija los datos o la descripción',
  'doctorDo.agreement': 'corrija el acuerdo o la descripción',
  'doctorDo.file': 'corrija o quite el archivo',
  'doctorDo.case-system': 'arranque el sistema de expedientes, o corrija «cases.url»',
  'doctorDo.clock': 'ajuste ambos por NTP',
  'doctorDo.next-version': 'nombre este sistema de expedientes en la próxima versión del acuerdo',
  'doctorDo.cases': 'corrija los ajustes de «cases» o su descripción',
  'doctorDo.admin-address': 'corrija «listen.admin», o pare el otro programa',
  'doctorDo.again': 'después pruebe otra vez: {command}',
}
