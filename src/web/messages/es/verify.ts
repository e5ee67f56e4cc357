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
  'verify.fileHolds':
    'Todas las pruebas de este archivo son correctas, y no falta ninguna entrada hasta los momentos indicados.',
  'verify.filePart':
    'Todas las pruebas de este archivo son correctas. No muestra de cada agencia que no falte ninguna entrada.',
  'verify.fileFails':
    'No todas las pruebas de este archivo son correctas. Guárdelo y enséñelo a la inspección.',
  'verify.fileUnreadable': 'Este no es un archivo con pruebas.',
  'verify.yourself': 'Comprobar sin ninguna página',
  'verify.yourselfText':
    'Estas órdenes leen los diarios publicados de principio a fin, recalculan cada huella y nombran la entrada si alguna se cambió.',
  'verify.download': 'Descargar las cabezas y las claves',
  'proofReason.witnessed':
    'En el diario, bajo un estado de este que han cofirmado suficientes testigos',
  'proofReason.whole': 'No falta ninguna entrada',
  'proofReason.few': 'Lo han cofirmado demasiado pocos testigos',
  'proofReason.unlinked': 'Nada enlaza todavía el recibo con el estado publicado del diario',
  'proofReason.behind': 'El estado publicado del diario aún no llega a esta entrada',
  'proofReason.headless': 'No hay un estado publicado del diario con el que comparar el recibo',
  'proofReason.forked': 'El recibo y el estado publicado no son de un mismo diario',
  'proofReason.stranger': 'Es de un diario cuya clave no se conoce aquí',
  'proofReason.outside': 'No está en el diario donde dice su recibo',
  'proofReason.altered': 'No dice aquello a lo que el diario se comprometió',
  'proofReason.differs': 'La página no muestra lo que dice el registro',
  'proofReason.incomplete': 'La página no muestra todas las entradas de la lista',
  'proofReason.epoch': 'Nada prueba que esta lista sea la de su época cerrada',
  'proofReason.mixed': 'Las listas son de personas distintas',
  'proofReason.broken': 'Falta una entrada, se ha añadido o no sigue a la anterior',
  'proofReason.unsigned': 'No está firmado como debe',
  'proofReason.unreadable': 'No está escrito como manda la especificación',
  'verify.limit.keys':
    'Si las claves son las verdaderas: las trae esta página. Compárelas con claves obtenidas de otro modo, o use la orden con las suyas.',
  'verify.limit.code':
    'Si el programa de esta página es honrado: lo sirve el organismo. La orden es suya.',
  'verify.limit.outside': 'Si se preguntó algo sin Cloison, donde nada se anota.',
}
