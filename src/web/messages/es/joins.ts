import type { joins as source } from '../en/joins.ts'

/** Tables over two registers, in Spanish. */
export const joins: Readonly<Record<keyof typeof source, string>> = {
  'pair.section': 'A través de dos registros',
  'pair.lead':
    'Tablas sobre personas que están en dos registros a la vez. Nadie une los registros: cada organización enmascara su propia lista, y solo salen recuentos con ruido.',
  'pair.caption': '{left} y {right}',
  'pair.agreements': 'Acuerdos',
  'pair.mustAgree': 'Deben aceptar cada pregunta',
  'pair.tally': 'Cuenta, y no tiene ninguna lista',
  'pair.inspector': 'Puede revisar después',
  'pair.byHint':
    'Reparta según cuatro elementos como máximo en cada lado. Cada grupo recibe el mismo ruido: los grupos pequeños salen menos precisos.',
  'pair.where': 'Solo algunas personas ({organisation})',
  'pair.held': '{element} ({organisation})',
  'pair.epsilonHint':
    'Como máximo {most}, a cargo de ambas organizaciones. Las deltas son potencias de diez: 10 elevado a −{exponent} cada una.',
  'pair.malformed':
    'Épsilon debe ser un número como 0,1, debe elegirse un valor salvo para contar personas, y cada lado se reparte según cuatro elementos como máximo',
  'pair.delta': '{times, number} × 10 elevado a −{exponent}',
  'pair.price': 'Cada una de las dos: épsilon {epsilon}, delta {delta}',
  'pair.charged': 'Coste',
  'pair.leftAfter': 'Queda después',
  'pair.after': '{organisation}: {before} antes, {after} después',
  'pair.carried': 'Quién lo calcula',
  'pair.carriedText':
    '{left} enmascara unos {leftPoints} puntos y {right} unos {rightPoints}; cada una enmascara otra vez los de la otra. {tally} los compara. Unos {size} van por la red.',
  'pair.work': 'Cuánto tarda',
  'pair.workText': 'Al menos {duration} de cálculo, que se reparten las organizaciones',
  'pair.runHint':
    'Primero se pide a ambas organizaciones que acepten. Desde entonces pagan las dos, salga lo que salga.',
  'pair.openHeld': 'Abrir esta tabla',
  'pair.refusedBy': 'Rechazada por: {organisation}. No se gastó nada.',
  'pair.title': '{what} – {left} y {right}, {date}',
  'pair.measure': 'Se pide',
  'pair.split': 'repartido según: {elements}',
  'pair.unsplit': 'nada',
  'pair.only': 'solo {text}',
  'pair.under': 'acuerdo {agreement}',
  'collusion.title': 'Qué podrían hacer juntas las partes',
  'collusion.pair':
    '{holder} y {tally} juntas podrían marcar a las personas de {holder} y ver a cuáles tiene también {other}. Nada lo impide.',
  'collusion.alone':
    'Ninguna de las tres puede hacerlo sola: sola, cada una ve tamaños y recuentos con ruido.',
  'collusion.inspector':
    '{inspector} puede abrir después 64 filas como máximo de cada lista, elegidas al azar, lo que puede descubrirlo. Para eso hace falta una tabla: de una pregunta detenida no queda nada que abrir.',
  'collusion.audit':
    'Quien audita el ruido de un titular lo conoce: {inspector} y el otro titular podrían ver entonces juntos los recuentos exactos.',
  'join.share': 'Se ha hecho el {percent} % del cálculo.',
  'join.remaining': 'Quedan unos {time}, al ritmo actual.',
  'join.noPace': 'Aún no se sabe cuánto tarda.',
  'join.running':
    'Ambas organizaciones han aceptado y pagan, salga lo que salga. Puede dejar esta página: la encontrará entre sus tablas. Termina a más tardar el {until}.',
  'join.legs': 'Paso a paso',
  'join.leg': '{organisation} {what}',
  'join.legDone': 'hecho el {when}',
  'join.legOpen': 'aún no',
  'leg.M1': 'se compromete con su lista y su tamaño',
  'leg.M2': 'envía su lista, enmascarada',
  'leg.M3': 'enmascara otra vez la otra lista',
  'leg.M4': 'elige al azar 64 lugares de cada lista',
  'leg.M5': 'abre esos lugares, con pruebas',
  'leg.M6': 'compara las listas y hace la tabla',
  'join.question': 'Qué se pidió',
  'join.stoppedTitle': 'No se hizo ninguna tabla',
  'joinStop.late': 'Se acabó el tiempo para esta pregunta.',
  'joinStop.gaveUp': 'Una de las organizaciones no pudo seguir.',
  'joinStop.message': 'Un mensaje no era lo que se había acordado.',
  'joinStop.list': 'Una lista no tenía la forma o el tamaño que debe tener.',
  'joinStop.disputed': 'Las dos organizaciones dicen cosas distintas sobre una lista.',
  'joinStop.key': 'Una organización usó una clave que no puede usar.',
  'joinStop.opening': 'Un lugar elegido al azar no se pudo probar.',
  'joinStop.result': 'La tabla no era la que dan las listas.',
  'joinStop.other': 'Falló una comprobación en el camino.',
  'join.stoppedCost':
    'No se hizo ningún número. {left} y {right} pagan igualmente: lo leído ya se leyó.',
  'join.stoppedShow':
    'Cada mensaje está, como huella (SHA-256), en los diarios de quien lo envió y de quien lo recibió: {inspector} puede ver allí quién envió qué. Los mensajes mismos se destruyen. El número de la pregunta es <code>{qid}</code>.',
  'join.stoppedBlames': 'La detuvo {by}, que dice que lo que envió {blames} muestra la falta.',
  'join.stoppedAlone': 'La detuvo {by}, que no culpa a nadie.',
  'join.stoppedDigests': 'Lo que la muestra, por huella',
  'join.again': 'Pedir otra vez',
  'join.hides':
    'si una persona cualquiera está en alguno de los registros, y todo lo que ambos dicen de ella',
  'join.signatures': 'Aceptado y firmado por',
  'join.planHash': 'Plan',
  'join.lastChecks': 'Se hacen las últimas comprobaciones.',
  'joinProof.title': 'Quién aceptó',
  'joinProof.holds': 'Las tres firmas son válidas',
  'joinProof.warns': 'No se puede confiar en todas las firmas',
  'joinProof.fails': 'No se fíe de esta tabla',
  'joinProof.signer': '{organisation}: {state}',
  'joinProof.means':
    'Cada firma dice que una organización aceptó la pregunta, el ruido y el precio antes de que hubiera tabla. Nadie firma los números.',
  'joinProof.failsMeans':
    'Los números no se muestran y no hay ningún archivo con ellos. Avise a {inspector} y a quien lleva su pasarela. Lo gastado queda gastado.',
  'signer.holds': 'firmado',
  'signer.invalid': 'no firmado por la clave indicada',
  'signer.unknown':
    'no se puede saber, pues no se conoce ninguna clave así de esta organización en esa fecha',
  'signer.revoked': 'firmado con una clave revocada, que otros pudieron usar',
  'tableState.sent': 'Los números son los que recibieron ambas organizaciones.',
  'tableState.changed': 'Los números no son los que recibieron ambas organizaciones.',
  'tableState.untold': 'El diario no nombra la tabla que recibieron las organizaciones.',
  'joinAudit.title': 'Revisión',
  'joinAudit.none':
    '{inspector} no ha publicado ninguna revisión de esta tabla. Puede hacerse en los siete días siguientes a la tabla.',
  'joinAudit.holds': 'Una revisión no encontró nada malo',
  'joinAudit.fails': 'Una revisión encontró algo malo',
  'joinAudit.made': 'Publicada por: {inspector}, el {when}.',
  'joinAudit.found': '{organisation}: {count, plural, one {# hallazgo} other {# hallazgos}}',
  'joinAudit.holdsMeans':
    'Las filas elegidas al azar eran aquellas con las que ambas organizaciones se habían comprometido. Eso no muestra que nadie fuera inventado u omitido.',
  'joinAudit.failsMeans':
    'No se fíe de los números de arriba antes de que la inspección diga qué significan los hallazgos. Lo gastado queda gastado.',
  'history.running': 'En camino',
  'history.stopped': 'Detenida',
  'history.holders': 'Registros de',
  'method.two-truncated-discrete-laplace':
    'la suma de dos extracciones de Laplace discretas truncadas, una por organización, extraídas con exactitud',
  'notCovered.people-not-in-both-registers': 'personas que no están en ambos registros',
  'notCovered.made-up-people': 'personas que una organización inventó u omitió',
  'notCovered.rounding-to-units': 'el redondeo de valores a unidades, al azar y justo en promedio',
}
