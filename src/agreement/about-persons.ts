import type { Agreement, EmergencyAgreement, PersonAgreement } from './agreement.ts'

/** An agreement on questions about one person each. */
export type AboutPersons = PersonAgreement | EmergencyAgreement

/** Whether questions under the agreement are about one person each, and not tables. */
export function isAboutPersons(agreement: Agreement): agreement is AboutPersons {
  return agreement.kind === 'person' || agreement.kind === 'emergency'
}
