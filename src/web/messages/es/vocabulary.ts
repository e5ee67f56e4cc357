import type { vocabulary as source } from '../en/vocabulary.ts'

/** Plain words for the codes of purposes, facts, outcomes and processes, in Spanish. */
export const vocabulary: Readonly<Record<keyof typeof source, string>> = {
  'outcome.permit': 'Respondida',
  'outcome.deny': 'Denegada',
  'outcome.sealed': 'Sellada',
  'process.gateway': 'Pasarela con su registro y su diario',
  'process.witness': 'Testigo independiente de todos los diarios',
  'process.peer-witness': 'Su testigo de los diarios de las demás',
  'process.inspector': 'Inspección, comprueba ambos lados',
  'process.case-system': 'Sistema de expedientes de vivienda',
  'process.consent-issuer': 'Emisor de consentimientos, pregunta a la persona',
  'process.pages': 'Estas páginas',
  'who.witness': 'Testigo',
  'who.demo': 'Demostración',
  'disposal.delete': 'Después se borra.',
  'disposal.anonymise': 'Después se hace anónima.',
  'disposal.return': 'Después se devuelve.',
  'purpose.service': 'Decidir o mantener una prestación solicitada o recibida',
  'purpose.requested-check': 'Hacer una comprobación que la persona pidió',
  'purpose.care': 'Cuidar la salud de alguien o ayudarle',
  'purpose.schooling': 'Dar una plaza o apoyo en la escuela',
  'purpose.official-statistics':
    'Contar para la estadística oficial, en la que nadie puede ser reconocido',
  'purpose.benefit-control':
    'Comprobar una prestación que se recibe; hay tiempo de oponerse antes de que cambie nada',
  'element.income_below_limit':
    'Si los ingresos están por debajo del límite de la ayuda al alquiler',
  'element.annual_income': 'Ingresos de un año',
  'element.benefit_monthly': 'Prestación al mes',
  'element.benefit_kind': 'Clase de prestación',
  'element.child_allowance': 'Ayuda por hijos al mes',
  'element.household_size': 'Cuántas personas viven en el hogar',
  'element.employment': 'Clase de empleo',
  'element.care_degree': 'Grado de dependencia',
  'element.postcode': 'Zona postal',
  'element.dependants': 'Número de hijos a cargo',
  'element.income_band': 'Tramo de ingresos',
  'element.age_group': 'Grupo de edad',
  'element.district': 'Distrito',
  'element.tenure': 'Régimen de vivienda',
  'element.monthly_rent': 'Alquiler mensual',
  'element.residents': 'Residentes',
  'cap.perOfficialPerDay':
    'El funcionario ha hecho tantas preguntas como se pueden hacer en un día',
  'cap.subjectsPerCase': 'Este expediente ha preguntado por tantas personas como puede uno',
  'cap.distinctSubjectsPer30Days':
    'El organismo ha preguntado por tantas personas distintas como puede en 30 días',
  'cap.perSubjectPer30Days':
    'Se ha preguntado por esta persona tantas veces como se permite en 30 días',
  'cap.perOfficialPer30Days':
    'El funcionario ha preguntado en urgencias tantas veces como se puede en 30 días',
  'cap.perAgreementPer30Days':
    'Se han hecho tantas preguntas de urgencia como se permiten en 30 días',
  'cap.locatingTriesPerCase':
    'Este expediente ha usado su único intento de comparar una dirección o un empleador',
  'cap.agreementSubjects30Days': 'Más personas distintas en 30 días de las previstas en el acuerdo',
  'cap.agreementSubjectsYear': 'Más personas distintas en un año de las previstas en el acuerdo',
  'cap.consumerSubjects30Days':
    'Más personas distintas en 30 días de las que puede preguntar un organismo',
  'cap.consumerSubjectsYear':
    'Más personas distintas en un año de las que puede preguntar un organismo',
  'cap.thresholdsPerSubject': 'Se han probado más límites con esta persona de los permitidos',
}
