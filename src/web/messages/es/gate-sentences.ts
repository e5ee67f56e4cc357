import type { GateSentence } from '../../../sentences/index.ts'

/** Why a gateway answers nothing at the moment, in Spanish. */
export const gateSentences: Readonly<Record<GateSentence, string>> = {
  'gateSays.unconfirmed':
    'Ningún quórum de testigos ha confirmado la cabeza de este diario desde el arranque.',
  'gateSays.evidence': 'Hay una prueba contra este diario o su disco; vea sus mensajes.',
  'gateSays.seconds':
    'Ningún quórum de testigos ha cofirmado este diario desde hace {seconds} segundos; hasta entonces no se responde nada.',
  'gateSays.minutes':
    'Ningún quórum de testigos ha cofirmado este diario desde hace {minutes} minutos; hasta entonces no se responde nada.',
  'gateSays.self-audit':
    'La autoverificación encontró, en inglés: {said} Pare esta pasarela y reponga la última copia buena.',
}
