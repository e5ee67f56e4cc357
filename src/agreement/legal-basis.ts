/** Legal bases that an agreement may cite: GDPR 6(1) and 9(2) in DPV's codes, 5 U.S.C. 552a(b). */
export const legalBases = [
  'eu-gdpr:A6-1-a',
  'eu-gdpr:A6-1-b',
  'eu-gdpr:A6-1-c',
  'eu-gdpr:A6-1-d',
  'eu-gdpr:A6-1-e',
  'eu-gdpr:A6-1-f',
  'eu-gdpr:A9-2-a',
  'eu-gdpr:A9-2-b',
  'eu-gdpr:A9-2-c',
  'eu-gdpr:A9-2-d',
  'eu-gdpr:A9-2-e',
  'eu-gdpr:A9-2-f',
  'eu-gdpr:A9-2-g',
  'eu-gdpr:A9-2-h',
  'eu-gdpr:A9-2-i',
  'eu-gdpr:A9-2-j',
  'usc:552a-b-1',
  'usc:552a-b-2',
  'usc:552a-b-3',
  'usc:552a-b-4',
  'usc:552a-b-5',
  'usc:552a-b-6',
  'usc:552a-b-7',
  'usc:552a-b-8',
  'usc:552a-b-9',
  'usc:552a-b-10',
  'usc:552a-b-11',
  'usc:552a-b-12',
] as const

/** The code of a legal basis. */
export type LegalBasis = (typeof legalBases)[number]

/** Whether the basis is one of 5 U.S.C. 552a, whose matching agreements wait 30 days (552a(o)(2)(B)). */
export function isUnitedStatesBasis(basis: LegalBasis): boolean {
  return basis.startsWith('usc:')
}

/** Whether the basis is an exception for special categories of data (GDPR 9(2)). */
export function isSpecialCategoryBasis(basis: LegalBasis): boolean {
  return basis.startsWith('eu-gdpr:A9-')
}
