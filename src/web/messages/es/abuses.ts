import type { abuses as english } from '../en/abuses.ts'

/** The same in Spanish. */
export const abuses: Record<keyof typeof english, string> = {
  'home.abuses':
    'Estos botones son ataques inventados. Lo que se hizo con registros reales se repite en una página aparte.',
  'home.abusesLink': 'Repetir abusos documentados',
  'home.doors': 'Una puerta para cada papel',
  'home.doorsLead':
    'Cada puerta tiene su nombre de equipo, su inicio de sesión y su sesión. En el inicio esperan personas ya preparadas.',
  'door.caseworker.title': 'Tramitador',
  'door.caseworker.text': 'Preguntar una cosa sobre una persona, en un expediente.',
  'door.person.title': 'Persona',
  'door.person.text': 'Ver quién preguntó por usted, por qué y según qué ley.',
  'door.analyst.title': 'Analista',
  'door.analyst.text':
    'Encargar una tabla que no nombra a nadie, con el precio conocido de antemano.',
  'door.dpo.title': 'Delegado de protección de datos',
  'door.dpo.text': 'Acuerdos, límites en uso, señales y solicitudes de las personas.',
  'door.inspector.title': 'Inspector',
  'door.inspector.text': 'Contrastar ambas partes sin fiarse de ninguna.',
  'door.admin.title': 'Administrador',
  'door.admin.text': 'Cómo está la pasarela. Cada acto es una entrada.',
  'door.public.title': 'Todos',
  'door.public.text': 'Acuerdos en vigor, recuentos y cabezas, sin iniciar sesión.',
  'door.verify.title': 'Quien tenga dudas',
  'door.verify.text': 'Comprobar los diarios en el navegador o con una orden.',
  'cheat.spend-twice.title': 'Gastar dos veces el último presupuesto',
  'cheat.spend-twice.text':
    'Pedir seis tablas a la vez, cuando el presupuesto de privacidad solo alcanza para una.',
  'cheat.other-purpose.title': 'Usar la finalidad de otro acuerdo',
  'cheat.other-purpose.text':
    'Pedir con un acuerdo lo que no nombra, y luego una finalidad que es de otro.',
  'abuse.title': 'Ocurrió. Aquí no ocurre',
  'abuse.lead':
    'Seis abusos documentados de registros de personas, según los cuentan la prensa, los auditores y los tribunales. Cada botón hace lo mismo contra las agencias en marcha.',
  'abuse.there': 'Qué ocurrió allí',
  'abuse.here': 'Qué ocurre aquí',
  'abuse.source': 'Fuente: {source}',
  'abuse.run': 'Ejecutar',
  'abuse.caption': 'Repetición de lo ocurrido',
  'abuse.again': 'Repetir otro',
  'abuse.addresses.title': '1,28 millones de direcciones de golpe',
  'abuse.addresses.there':
    'En agosto de 2025 se pidieron a una agencia tributaria 1,28 millones de direcciones de golpe. Al día siguiente entregó unas 47 300. Un juez contó unas 42 695 infracciones; textos como «Failed to Provide» habían pasado por direcciones.',
  'abuse.addresses.here':
    'Ningún mensaje nombra a dos personas. Dónde vive alguien se dice solo con su consentimiento. Una a una, cada pregunta exige un expediente y cuenta para los límites.',
  'abuse.addresses.source': 'Center for Taxpayer Rights v. IRS, informes judiciales y de prensa',
  'abuse.victim.title': 'Una víctima consultada 158 veces',
  'abuse.victim.there':
    'En Minnesota, 110 usuarios de 59 organismos consultaron a una víctima de asesinato 158 veces en un mes. La auditoría de 2013 halló búsquedas dudosas en el 53 % de 11 000 usuarios. Ninguna exigía motivo.',
  'abuse.victim.here':
    'Solo pueden preguntar los responsables del expediente, y con límite. Cada intento es una entrada que la persona ve.',
  'abuse.victim.source': 'Minnesota Office of the Legislative Auditor, 2013; prensa',
  'abuse.years.title': '3300 personas en 22 meses',
  'abuse.years.there':
    'En Dinamarca una sola persona empleada de una agencia de inmigración pudo consultar a 3300 personas durante 22 meses sin que nadie lo notara.',
  'abuse.years.here':
    'A nadie se le consulta por curiosidad: sin expediente no hay respuesta, desde la primera persona. Los rechazos se cuentan y se vuelven una señal.',
  'abuse.years.source': 'Prensa danesa',
  'abuse.sold.title': 'Fichas vendidas a 30 euros cada una',
  'abuse.sold.there':
    'En los Países Bajos, en 2020 y 2021, empleados de centros de llamadas del servicio sanitario vendieron fichas a entre 30 y 50 euros, y decenas de miles al por mayor. Miles de personas podían buscar y exportar libremente.',
  'abuse.sold.here':
    'No hay búsqueda ni exportación: una pregunta nombra a una persona y un expediente, y una tabla a nadie.',
  'abuse.sold.source': 'NOS, 2021; prensa',
  'abuse.copied.title': 'Una copia viva que nadie audita',
  'abuse.copied.there':
    'Según un denunciante, se puso una copia viva de un registro con 548 millones de números en un servidor con dos administradores y sin auditoría verificada. En enero de 2026 la agencia dijo a un tribunal que no puede determinar qué se compartió desde el servidor de un tercero.',
  'abuse.copied.here':
    'Una clave robada no obtiene nada sin el aval del sistema de expedientes. Lo que hacen los administradores también está en el diario, y quien lo lea descubre un cambio.',
  'abuse.copied.source':
    'la denuncia publicada (una alegación), un escrito judicial del 16 de enero de 2026, prensa',
  'abuse.shared.title': 'Agentes imposibles de distinguir',
  'abuse.shared.there':
    'En Hesse hubo amenazas tras consultas en los sistemas de la policía. No se pudo identificar a los agentes, pues compartían cuentas; a una cantante la consultaron 83 veces durante un concierto.',
  'abuse.shared.here':
    'Cada pregunta tiene su funcionario, asignado al expediente y con la sesión iniciada hace menos de 15 minutos.',
  'abuse.shared.source': 'prensa sobre los procesos NSU 2.0',
  'step.nothing': 'Nada lo detuvo',
  'step.unexplained': 'Rechazado con el código {code}',
  'step.verified': 'Se verifica: cada entrada es la que se firmó',
  'step.unpublished': 'Todavía no se verifica: la copia cayó entre dos publicaciones',
  'step.problem': '{what} (archivo {file})',
  'step.problemAt': '{what} (entrada {entry, number}, archivo {file})',
  'step.entries': '{count, plural, one {# entrada} many {# entradas} other {# entradas}}',
  'cheat.victim': 'Se intentó con {name}, que ve el rechazo en su propia página.',
  'cheat.victimLink': 'Entrar como esta persona',
}
