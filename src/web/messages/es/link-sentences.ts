import type { LinkSentence } from '../../../sentences/index.ts'

/** What is found on the way to a peer, in Spanish. */
export const linkSentences: Readonly<Record<LinkSentence, string>> = {
  'linkSays.no-gateway-key':
    'Ninguna de sus claves de pasarela cuenta ahora; pídale una ficha más reciente.',
  'linkSays.no-certificate':
    'Ninguno de sus certificados cuenta ahora; pídale una ficha más reciente.',
  'linkSays.pending':
    'Su ficha pasa a ser una entrada, y cuenta, cuando arranca la pasarela de aquí.',
  'linkSays.configured':
    'Sus claves están en la configuración; tómelas de su ficha con «cloison peer add».',
  'linkSays.record': 'La versión {version} está aceptada y vale hasta el {day}.',
  'linkSays.tls': '{url} responde por TLS 1.3 con un certificado que su ficha fija.',
  'linkSays.http': '{url} responde por HTTP simple, en esta máquina.',
  'linkSays.not-pinned': '{url}: el programa dice, en inglés: {said}',
  'linkSays.unreached':
    'No se puede llegar a {url} por TLS 1.3; mire la dirección, la red y su pasarela.',
  'linkSays.no-clock': 'No dice su hora.',
  'linkSays.clock': 'Su reloj está a menos de {seconds} s del de aquí.',
  'linkSays.clocks':
    'Los dos relojes difieren en {seconds} s; desde 60 s se rechazan las preguntas. Ajuste el reloj.',
  'linkSays.not-signed': 'Su respuesta no está firmada por una clave que cuente aquí ({code}).',
  'linkSays.signatures': 'Cada lado acepta la firma del otro.',
  'linkSays.unknown-here':
    'No conoce la clave de esta pasarela: debe añadir la ficha de esta organización.',
  'linkSays.refused': 'Rechaza la firma de esta pasarela ({code}).',
  'linkSays.no-log-key': 'Ninguna de sus claves de diario cuenta ahora.',
  'linkSays.no-checkpoint': 'No publica ningún punto de control en {url}.',
  'linkSays.log': '{origin} tiene {size, number} entradas publicadas, firmadas con su clave.',
  'linkSays.strange-log':
    'El punto de control de {origin} no está firmado por una clave de diario que cuente aquí.',
  'linkSays.no-agreement': 'Aún no se ha asumido ningún acuerdo con ella.',
  'linkSays.agreements': 'En común: {names}.',
  'linkSays.failed': 'El programa dice, en inglés: {said}',
}
