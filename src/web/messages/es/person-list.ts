import type { personList as source } from '../en/person-list.ts'

/** The person's list in pages, and what is withheld from everybody, in Spanish. */
export const personList: Readonly<Record<keyof typeof source, string>> = {
  'filter.title': 'Mostrar solo una parte',
  'filter.all': 'Todas',
  'filter.organisation': 'Organismo',
  'filter.year': 'Año',
  'filter.outcome': 'Resultado',
  'filter.show': 'Mostrar',
  'filter.clear': 'Mostrar todo',
  'filter.found':
    '{count, plural, =0 {Nada coincide.} one {# entrada, página {page} de {pages}.} other {# entradas, página {page} de {pages}.}}',
  'pages.title': 'Páginas de la lista',
  'pages.newer': 'Más recientes',
  'pages.older': 'Más antiguas',
  'pages.which': '{page} de {pages}',
  'pages.suffix': '{title}, página {page} de {pages}',
  'chain.long':
    'Esta página muestra una parte de su lista. Si falta algo, solo lo dice la lista entera. La comprobación dice de cada agencia hasta cuándo no falta nada, o que nada lo muestra.',
  'chain.checkAll': 'Comprobar ahora la lista entera',
  'chain.elsewhere':
    'O descargue todo más abajo y compruebe el archivo: en la página abierta a todos, o en cualquier ordenador con esta orden.',
  'withheld.title': 'Avisos retenidos',
  'withheld.text':
    'Un juez o una autoridad puede hacer retener el aviso de una pregunta por un tiempo, de un año como máximo. Cuántos están retenidos es público desde el primer día. A nadie se le dice si alguno trata de usted antes de que se abra.',
  'withheld.none': 'Ahora no hay ningún aviso retenido para nadie.',
  'withheld.row':
    '{organisation}: {count, plural, one {# aviso retenido} other {# avisos retenidos}} por orden de {authority}. Se abren solos el {date}.',
  'withheld.opened':
    '{organisation}: {count, plural, one {# aviso retenido} other {# avisos retenidos}} por orden de {authority}, abiertos el {date}; figuran en la lista de cada persona afectada.',
  'breach.title': 'Una clave quedó expuesta',
  'breach.text':
    'Salieron datos sobre usted en un tiempo en que otra persona podía usar una clave. Los nombres de esos datos están en las entradas de abajo; el organismo debe decirle qué puede hacer.',
  'breach.row':
    '{organisation}: del {from} al {until}; declarado el {declared}, entrada {index} de su diario.',
  'public.title': '{organisation}: lo que se muestra a todos',
  'public.lead':
    'Estos datos son los mismos para todos y no piden ninguna cuenta. Cualquiera puede compararlos con el diario publicado.',
  'public.log': 'El diario',
  'public.agreements': 'Acuerdos en vigor',
  'public.noAgreement': 'Ningún acuerdo está en vigor.',
  'public.moreAgreements':
    'La pasarela indica {count, plural, one {# acuerdo más} other {# acuerdos más}} en <code>/v1/agreements</code>.',
  'public.daysLeft':
    '{date}: {days, plural, =0 {no queda ningún día} one {queda # día} other {quedan # días}}',
  'public.noYear': 'No hay ningún año abierto, así que no se da ninguna tabla.',
  'public.budgetsText':
    'Las tablas sobre muchas personas llevan un ruido que oculta a cada una. Cuánto puede decirse en un año se fija de antemano; cada gasto es una entrada del diario publicado, y cualquiera puede sumarlos.',
  'public.lock': 'Plazo de entrada en vigor',
  'public.lockText':
    'Lo que permite preguntar más se publica primero, y surte efecto {time} después como muy pronto',
  'public.version': 'Programa',
  'counts.title': 'Las preguntas, mes a mes',
  'counts.text':
    'Se cuentan en bloques de veinte entradas y se redondean a la decena inferior, para que nada pueda deducirse sobre una persona. El número total de entradas es exacto: cualquiera puede contarlas en el diario publicado.',
  'counts.waiting': 'La pasarela está leyendo su diario. Los recuentos estarán aquí en un momento.',
  'counts.caption': 'En qué quedaron las preguntas',
  'counts.month': 'Mes',
  'counts.exchanges': 'Entradas',
  'counts.entry': 'En el diario',
  'counts.running': '{month}, hasta ahora',
  'counts.notYet': 'Cuando acabe el mes',
  'counts.fewer': 'menos de 10',
  'counts.from': '{count, number} o más',
  'sort.answered': 'Respuestas dadas aquí',
  'sort.denied': 'Denegaciones dadas aquí',
  'sort.asked': 'Hechas a otros',
  'sort.received-answer': 'Respuestas de otros',
  'sort.received-denial': 'Denegaciones de otros',
  'sort.table-released': 'Tablas dadas',
  'sort.table-refused': 'Tablas denegadas',
}
