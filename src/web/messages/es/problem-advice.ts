import type { AdviceKey } from '../en/problem-advice.ts'

/** What to do about each problem of an agreement, in Spanish. */
export const problemAdvice: Readonly<Record<AdviceKey, string>> = {
  'problemDo.NOT_CANONICAL':
    'Quite los caracteres que no se imprimen y escriba las letras acentuadas en un solo carácter.',
  'problemDo.UNKNOWN_KEY': 'Corrija la clave, o quítela con su valor.',
  'problemDo.FIELD_INVALID': 'Corrija el valor.',
  'problemDo.PURPOSE_UNKNOWN': 'Elija una de las finalidades ofrecidas.',
  'problemDo.RULE_PARTIES':
    'Nombre organizaciones distintas, cuatro para un cruce; cada una firma una vez, un inspector no es parte.',
  'problemDo.RULE_TERM':
    'Elija un último día posterior al primero y como mucho 18 meses después; renueve entonces.',
  'problemDo.RULE_ELEMENT':
    'Dé a cada elemento su propio nombre, una pregunta y como mucho dos umbrales.',
  'problemDo.RULE_PROTECTED':
    'Nombre a alguien independiente que acredite el consentimiento y una base del RGPD 9(2), o suprima el elemento.',
  'problemDo.RULE_LOCATING':
    'Compare con lo que trae la pregunta, o nombre a alguien independiente que acredite el consentimiento.',
  'problemDo.RULE_CONSENT_ISSUER':
    'Nombre a alguien que no sea quien pregunta ni su sistema de expedientes.',
  'problemDo.RULE_CAPS': 'Baje el límite a ese máximo.',
  'problemDo.RULE_NOTICE': 'Que el aviso se abra dentro de la vigencia y en 12 meses.',
  'problemDo.RULE_CONTEST': 'Deje a la persona al menos 30 días.',
  'problemDo.RULE_BUDGET': 'Baje el presupuesto a ese máximo.',
  'problemDo.REGISTER_MISMATCH': 'Compare registro, dato y umbral con la descripción del registro.',
  'problemDo.SUPERSEDES_MISMATCH':
    'Nombre el acuerdo anterior entre los mismos dos por nombre, versión y resumen.',
  'problemDo.LOCK_TOO_SHORT': 'Fije un plazo que la base jurídica permita.',
  'problemDo.VALUE_MISMATCH': 'Compare el predicado con la descripción del registro.',
}
