import type { LintSentence } from '../../../agreement/index.ts'

/** What the lint says of an agreement, in Spanish. */
export const lintSentences: Readonly<Record<LintSentence, string>> = {
  'lintSays.interest':
    'el interés legítimo no sirve de base a las autoridades públicas en sus funciones',
  'lintDo.interest':
    'Cite la misión de interés público (eu-gdpr:A6-1-e) o la obligación legal (eu-gdpr:A6-1-c), y su ley.',
  'lintSays.law': 'solo se cita el propio RGPD; una misión u obligación se apoya en otra ley',
  'lintDo.law': 'Añada la referencia ELI o CELEX de la ley que fija la misión.',
  'lintSays.consent-basis': 'el consentimiento dado a una autoridad pública rara vez es libre',
  'lintDo.consent-basis':
    'Apoye el acuerdo en una ley y deje el consentimiento como garantía de algunos elementos.',
  'lintSays.no-figure': 'los resultados previstos no tienen cifra, y el ahorro debe estimarse',
  'lintDo.no-figure': 'Diga cuántos expedientes o cuánto dinero se esperan, y por qué.',
  'lintSays.reason': 'la justificación no dice por qué la finalidad no se alcanza sin la pregunta',
  'lintDo.reason':
    'Diga qué se decide, por qué hace falta la respuesta y por qué la persona no puede simplemente mostrarla.',
  'lintSays.verification': 'la verificación dice poco de cómo se descubre una respuesta equivocada',
  'lintDo.verification':
    'Diga quién compara la respuesta con qué, y que se oye a la persona antes de que cuente.',
  'lintSays.assessment':
    'la referencia no nombra número ni fecha, así que nadie puede encontrar la evaluación',
  'lintDo.assessment': 'Cite la evaluación por su número o su fecha, y el apartado.',
  'lintSays.value': '«{element}» entrega el valor donde puede bastar un sí o un no',
  'lintDo.value':
    'Pregunte un predicado, como «menos de 24000»; deje el valor solo si la decisión lo necesita.',
  'lintSays.protected':
    '«{element}» es de la categoría «{category}»: cada pregunta necesita el consentimiento de la propia persona',
  'lintDo.protected':
    'Cuide de que se pueda rehusar sin perder lo solicitado, o suprima el elemento.',
  'lintSays.many': '{count} elementos juntos describen a una persona',
  'lintDo.many':
    'Repártalos entre acuerdos de una sola finalidad, o quite lo que ninguna decisión necesita.',
  'lintSays.range':
    'dos umbrales sobre {source} revelan un intervalo, que es más que un sí o un no',
  'lintDo.range': 'Deje el único umbral del que depende la decisión.',
  'lintSays.contest':
    '{days, plural, =0 {no queda a la persona} one {# día deja a la persona poco} other {# días dejan a la persona poco}} tiempo para impugnar una respuesta',
  'lintDo.contest': 'Deje {least} días antes de que una respuesta pueda contar contra la persona.',
  'lintSays.notice':
    'no se informa a las personas; cada aviso retenido necesita una orden, se cuenta en público y se abre por sí solo',
  'lintDo.notice':
    'Nombre la disposición que permite el secreto, no solo la ley, y elija la fecha más cercana posible.',
  'lintSays.presence': 'una respuesta dice además si el registro conoce a la persona',
  'lintDo.presence': 'Escriba «oculta», salvo que la decisión necesite saberlo.',
  'lintSays.caps':
    'unas {people, number} personas en total, y {most, number} de ellas en 30 días: el tope apenas limita',
  'lintDo.caps': 'Escriba {ample, number} o menos, el doble del mes previsto.',
  'lintSays.retention': 'las respuestas se guardan {days} días',
  'lintDo.retention':
    'Guarde las respuestas hasta que la decisión sea firme, un año como mucho, o diga en la justificación por qué no.',
  'lintSays.never':
    'el plazo de {days} días termina después del último día, así que nunca se responderá nada',
  'lintDo.never': 'Elija un último día posterior.',
  'lintSays.late':
    'publicado hoy, su plazo de {days} días termina el {day}; antes no se responde nada',
  'lintDo.late': 'Déjelo así, o elija como primer día aquel en que se responderá a las preguntas.',
  'lintSays.long': 'la vigencia supera un año',
  'lintDo.long': 'Que dure un año, y renuévelo con lo aprendido.',
}
