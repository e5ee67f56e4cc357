import type { verify as source } from '../en/verify.ts'

/** The page on which anybody checks the logs, in Spanish. */
export const verify: Readonly<Record<keyof typeof source, string>> = {
  'verify.title': 'Compruebe usted los diarios',
  'verify.lead':
    'Cada organismo lleva un diario de todas las preguntas. No tiene que creerles, ni creer esta página: así se comprueba.',
  'verify.heads': 'Los diarios hoy',
  'verify.headsText':
    'Una cabeza representa todo el diario: si cambiara un solo byte de una entrada, cambiaría también su raíz. Los testigos firman cada cabeza para que todos vean la misma.',
  'verify.size': 'Tamaño',
  'verify.origin': 'Nombre del diario',
  'verify.root': 'Raíz',
  'verify.witnesses': 'Firmada por',
  'verify.note': 'La cabeza firmada, palabra por palabra',
  'verify.receipts': 'Las preguntas sobre usted',
  'verify.receiptsText': 'Su propia página tiene un recibo de cada pregunta sobre usted.',
  'verify.receiptsLink': 'Comprobar sus recibos',
  'verify.file': 'Comprobar un archivo descargado',
  'verify.fileText': 'Su navegador lee el archivo y lo comprueba. No lo envía a ninguna parte.',
  'verify.fileLabel': 'Archivo con pruebas',
  'verify.fileHolds': 'Todas las pruebas de este archivo son correctas.',
  'verify.fileFails':
    'No todas las pruebas de este archivo son correctas. Guárdelo y enséñelo a la inspección.',
  'verify.fileUnreadable': 'Este no es un archivo con pruebas.',
  'verify.yourself': 'Comprobar sin ninguna página',
  'verify.yourselfText':
    'Estas órdenes leen los diarios publicados de principio a fin, recalculan cada huella y nombran la entrada si alguna se cambió.',
  'verify.download': 'Descargar las cabezas y las claves',
  'verify.limit.keys':
    'Si las claves son las verdaderas: las trae esta página. Compárelas con claves obtenidas de otro modo, o use la orden con las suyas.',
  'verify.limit.code':
    'Si el programa de esta página es honrado: lo sirve el organismo. La orden es suya.',
  'verify.limit.outside': 'Si se preguntó algo sin Cloison, donde nada se anota.',
}
