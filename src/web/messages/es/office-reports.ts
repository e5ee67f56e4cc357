import type { officeReports as source } from '../en/office-reports.ts'

/** Reports on the pages of data protection officers, in Spanish. */
export const officeReports: Readonly<Record<keyof typeof source, string>> = {
  'section.reports': 'Informes',
  'reports.lead':
    'Los documentos que pide la ley, escritos por sí solos a partir de los acuerdos y del diario. Quien recibe el informe puede volver a calcular cada cifra.',
  'reports.madeNow': 'Hechos en esta visita',
  'reports.line': '{report}, del {from} al {until}',
  'reports.running': 'en curso',
  'reports.made': 'listo',
  'reports.refused': 'no se ha hecho',
  'reports.ofPersons': 'Informes sobre una persona',
  'reports.ofPersonsText':
    'Lo que se dice a una persona, y a quién va una corrección sobre ella, es de esa persona: lo encuentra en su página. Si alguien lo pide por carta, se hace en su propia máquina:',
  'reports.from': 'Primer día',
  'reports.fromHint': 'En UTC, como 2026-01-01.',
  'reports.until': 'Último día',
  'reports.untilHint':
    'También está en el informe. Se permite el día de hoy: el informe tiene lo que ha pasado hasta ahora.',
  'reports.agreement': 'Acuerdo',
  'reports.agreementHint': 'El informe trata de uno solo, o de todos.',
  'reports.allAgreements': 'Todos los acuerdos',
  'reports.entry':
    'Que se hizo un informe se vuelve una entrada de su diario, así que quien lo muestra responde de él. No nombra a nadie.',
  'reports.make': 'Hacer el informe',
  'reports.dayMissing': 'Escriba un día como 2026-01-31',
  'reports.untilBefore': 'El último día es anterior al primero',
  'reports.fromAhead': 'El primer día aún no ha llegado',
  'reports.period': 'Del {from} al {until}',
  'reports.runningFor':
    'Se lee y se cuenta el diario. {age} hasta ahora; la página vuelve a mirar sola.',
  'reports.lookAgain': 'Mirar de nuevo',
  'reports.notMade': 'El informe no se ha hecho',
  'reports.otherCode': 'Dé el código de abajo a quien lleva la pasarela.',
  'reportCode.REPORT_PENDING':
    'La parte más nueva del diario aún no está atestiguada. Inténtelo de nuevo en un minuto.',
  'reportCode.REPORT_AGREEMENT_UNKNOWN': 'La pasarela no conoce este acuerdo.',
  'reportCode.LOG_UNAVAILABLE':
    'El diario no admite entradas ahora. Pida a un administrador que lo mire.',
  'reports.holds':
    'Cada cifra de abajo se ha vuelto a calcular a partir de las pruebas del archivo, y se cumple.',
  'reports.print': 'Descargar para leer e imprimir',
  'reports.json': 'Descargar con sus pruebas (JSON)',
  'reports.printHint':
    'El primer archivo es una página que no necesita nada más: ábrala e imprímala, en papel o como PDF. El segundo es lo que otros verifican.',
  'reports.pdfText':
    'O haga imprimir un PDF del segundo archivo, en su propia máquina y con su Chromium; una pasarela no arranca ningún navegador.',
  'reports.proven': 'Cómo se prueba cada cifra',
  'reports.heads': 'Cabeza del diario',
  'reports.headOf': '{origin}: {size, number} entradas, firmada y atestiguada',
  'reports.figures': '{count, plural, one {# cifra} other {# cifras}}',
  'reportRule.entries':
    'Contada a partir de entradas públicas. Cada una está en el archivo con su prueba, así que cualquiera las cuenta de nuevo.',
  'reportRule.exchanges':
    'Contada a partir de entradas sobre intercambios, que nombran a personas y están cerradas. Un inspector las cuenta de nuevo con una copia del diario.',
  'reportRule.agreement': 'Está en un acuerdo firmado que el diario ha publicado.',
  'reportRule.chain': 'Contada a partir de la cadena de la persona, que el diario prueba completa.',
  'reports.verifyText':
    'Quien recibe el archivo JSON lo verifica sin fiarse de usted, en su propia máquina, contra el diario tal como está publicado:',
  'reportAbout.accounting': 'A quién se dieron datos, por qué y cuántas veces. No nombra a nadie.',
  'reportAbout.matching': 'Cada acuerdo en las palabras de la ley, y su registro público.',
  'reportAbout.integrity': 'El año: programas, rechazos, alarmas y todo lo que se hizo a mano.',
  'reportAbout.ropa': 'Qué se trata, por qué, para quién y cuánto tiempo: una parte por acuerdo.',
  'reportAbout.notice':
    'Qué se dice a las personas cuando otro organismo da datos sobre ellas: uno por acuerdo.',
  'reportAbout.dpia':
    'Con qué empieza una evaluación de impacto: descripción, necesidad, riesgos, medidas, uso.',
  'reportAbout.breach-scope':
    'Cuántas personas y respuestas quedaron expuestas por las violaciones declaradas; nunca quiénes.',
}
