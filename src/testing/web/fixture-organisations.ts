import type { PagesDeps } from '../../web/index.ts'

/** The organisations that the fixture's pages name. */
export const fixtureOrganisations: PagesDeps['organisations'] = [
  { id: 'tax', name: { en: 'Tax Agency', fr: 'Agence des impôts', es: 'Agencia Tributaria' } },
  { id: 'social', name: { en: 'Social Security Agency' } },
  { id: 'housing', name: { en: 'Housing Agency', fr: 'Agence du logement' } },
  { id: 'inspector', name: { en: 'Data Protection Inspector' } },
  { id: 'witness', name: { en: 'Witness', fr: 'Témoin', es: 'Testigo' } },
]
