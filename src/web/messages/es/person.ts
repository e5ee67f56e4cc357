import type { person as source } from '../en/person.ts'

/** The person's pages, in Spanish. */
export const person: Readonly<Record<keyof typeof source, string>> = {
  'disclosures.title': 'Quién preguntó por usted',
  'disclosures.lead':
    '{count, plural, =0 {Nadie ha preguntado por usted.} one {Se hizo # pregunta sobre usted; {refused, plural, =0 {fue respondida} other {fue denegada}}.} other {Se hicieron # preguntas sobre usted; {refused, plural, =0 {ninguna fue denegada} one {# fue denegada} other {# fueron denegadas}}.}}',
  'chain.title': '¿Falta algo?',
  'chain.text':
    'Cada agencia se compromete, a intervalos regulares, con el final de su lista sobre cada persona. Su navegador comprueba que la suya llega hasta allí sin huecos.',
  'chain.holds': '{name}: estas son todas las entradas hasta el {when}.',
  'chain.fails': '{name}: faltan entradas, o la lista fue modificada.',
  'chain.waits': '{name}: correcto hasta aquí; un testigo aún no lo ha cubierto.',
  'chain.unshown': '{name}: nada muestra si faltan entradas.',
  'chain.unchecked': '{name}: aún sin comprobar en este navegador.',
  'disclosures.keep': 'Guárdelo',
  'disclosures.keepText':
    'El archivo contiene todo lo de esta página con sus pruebas. Con él puede mostrar más tarde a cualquiera qué se preguntó sobre usted, aunque los organismos lo nieguen.',
  'disclosures.download': 'Descargar todo con las pruebas',
  'disclosures.limit.withheld':
    'Las preguntas cuyo aviso ha retenido por un tiempo un juez o una autoridad. Se cuentan en público y aparecen aquí cuando ese tiempo acaba.',
  'disclosures.limit.outside': 'Lo que los organismos se dicen sin Cloison.',
  'disclosures.limit.values':
    'Cuáles fueron las respuestas. El diario guarda los nombres de los datos, nunca sus valores; pídalos al organismo.',
  'disclosure.asked': 'Preguntó a',
  'disclosure.facts': 'Datos que se pidieron',
  'disclosure.purpose': 'Por qué',
  'disclosure.law': 'Ley',
  'disclosure.refused': 'Denegada porque',
  'disclosures.sealed':
    '{count, plural, one {Se hizo # pregunta en el expediente de otra persona, en el que usted aparece.} other {Se hicieron # preguntas en expedientes de otras personas, en los que usted aparece.}} Para protegerlas, usted ve quién preguntó, por qué, según qué ley y cuándo.',
  'disclosure.sealed':
    'Usted aparece en el expediente de otra persona. Para protegerla, aquí no se dice más; un inspector puede abrir la entrada.',
  'disclosure.sealedHolds':
    'En el diario, y sellada para proteger a otra persona: lo que esta página dice de ella es la palabra del organismo.',
  'proofs.title': 'Comprobar las pruebas',
  'proofs.lead':
    'Cada entrada sobre usted tiene un recibo. Su propio navegador lo comprueba aquí, sin preguntar a los organismos.',
  'proofs.what': 'Qué se comprueba',
  'proofs.check.opening': 'Lo que muestra esta página es aquello de lo que se hizo la entrada.',
  'proofs.check.inclusion': 'La entrada está en el diario, en el lugar que dice el recibo.',
  'proofs.check.signature': 'El organismo firmó el diario que contiene esa entrada.',
  'proofs.check.witness': 'Ese diario y el que todos ven hoy son el mismo, y lo firmaron testigos.',
  'proofs.yourself': 'Comprobarlo sin esta página',
  'proofs.yourselfText':
    'Descargue el archivo, llévelo a otro ordenador y ejecute allí esta orden. No necesita red ni cuenta.',
}
