import type { ProblemSentence } from '../../../agreement/index.ts'

/** What is wrong with an agreement, in Spanish. */
export const problemSentences: Readonly<Record<ProblemSentence, string>> = {
  'problemSays.one-organisation': 'quien responde y quien pregunta son la misma organización',
  'problemSays.signs-twice': 'una organización firma dos veces',
  'problemSays.outsider': 'un delegado no es de una de las partes, o un inspector es parte',
  'problemSays.backwards': 'el acuerdo termina antes de empezar',
  'problemSays.too-long': 'el acuerdo dura más de {months} meses',
  'problemSays.purpose-kind': 'los acuerdos del tipo {kind} no pueden tener esta finalidad',
  'problemSays.predicate': 'un predicado lo necesita, un atributo no lo tiene',
  'problemSays.value-twice': 'la lista nombra un valor dos veces',
  'problemSays.name-twice': 'dos elementos tienen el mismo nombre',
  'problemSays.thresholds': '{source} se somete a más de {most, number} umbrales',
  'problemSays.dependent-issuer':
    'quien acredita el consentimiento no es independiente de quien pregunta',
  'problemSays.special-basis': 'una categoría especial necesita una base del RGPD 9(2)',
  'problemSays.protected':
    'un elemento protegido necesita a alguien independiente que acredite el consentimiento',
  'problemSays.locating':
    'sin consentimiento, un elemento de localización solo existe como comparación con el valor aportado',
  'problemSays.ceiling': 'supera el máximo de {most, number}',
  'problemSays.notice-term':
    'debe estar dentro de la vigencia y como mucho {months} meses después de su comienzo',
  'problemSays.authority':
    'la autoridad es parte, o tiene la clave del sistema de expedientes o de quien acredita el consentimiento',
  'problemSays.contest': 'el control de una prestación deja al menos {days} días para impugnar',
  'problemSays.table-element': 'una tabla tiene atributos, y ninguno que localice a personas',
  'problemSays.four-parties':
    'los dos titulares, quien pregunta y el inspector deben ser cuatro organizaciones distintas',
  'problemSays.other-holder': 'el otro titular no refrenda nada de un cruce',
  'problemSays.delta':
    'el ruido de un cruce tiene un delta: un deltaExponent de {least} a {most, number}',
  'problemSays.not-in-register': 'el registro no lo tiene',
  'problemSays.described-as': 'el registro lo describe como de la categoría «{category}»',
  'problemSays.threshold-type': 'un umbral no es del tipo {type}',
  'problemSays.all-alike': 'todos los valores del dominio descrito responden igual',
  'problemSays.keyspace': 'el registro {register} identifica a las personas por {scheme}',
  'problemSays.register-ceiling':
    'supera el máximo de {most, number}: el número aproximado, o el 1 % del registro',
  'problemSays.lock': 'el plazo es más corto que {days} días',
  'problemSays.register-value': 'el valor del registro no es del tipo del predicado',
  'problemSays.not-canonical': 'no es un acuerdo en JSON canónico: {said}',
  'problemSays.no-agreement': 'no es un acuerdo',
  'problemSays.unknown-keys': 'aquí no hay {keys}',
  'problemSays.organisation': 'no es un identificador de organización',
  'problemSays.unprintable': 'tiene caracteres que no se imprimen',
  'problemSays.base64': 'no son {bytes} bytes en base64',
  'problemSays.key-id': 'no es un identificador de clave',
  'problemSays.agreement-id':
    'debe tener de 3 a 63 minúsculas, cifras y guiones, y empezar por una letra o cifra',
  'problemSays.reference':
    'no es una referencia ELI (https://…/eli/…), CELEX (celex:32016R0679) o USC (usc:5/552a)',
  'problemSays.purpose': 'no es una de las finalidades del vocabulario',
  'problemSays.basis': 'no es una base jurídica de spec/agreement.md, como eu-gdpr:A6-1-e',
  'problemSays.case-source': 'no es el nombre de un sistema de expedientes',
  'problemSays.scheme': 'no es un sistema de identificadores, como demo-nin',
  'problemSays.kinds': 'un acuerdo es del tipo person, emergency, population o join',
  'problemSays.register-name': 'no es el nombre de un registro',
  'problemSays.day': 'no es una fecha AAAA-MM-DD',
  'problemSays.element-name': 'no es el nombre de un elemento',
  'problemSays.whole-number': 'debe ser un número entero',
  'problemSays.missing': 'falta, o es otra cosa que la pedida',
  'problemSays.least': 'debe ser al menos {least}',
  'problemSays.most': 'debe ser como mucho {most, number}',
  'problemSays.empty': 'no debe estar vacío',
  'problemSays.long': 'tiene más de {most, number} partes o caracteres',
  'problemSays.value': 'no es uno de los valores admitidos aquí',
  'problemSays.form': 'no tiene la forma pedida',
}
