import type { LocalText } from '../web/index.ts'
import type { DemoOrganisationId } from './demo-layout.ts'

/** The demo's organisations as pages name them. */
export const organisationNames: Readonly<Record<DemoOrganisationId, Required<LocalText>>> = {
  tax: { en: 'Tax Agency', fr: 'Agence fiscale', es: 'Agencia Tributaria' },
  social: { en: 'Social Security Agency', fr: 'Sécurité sociale', es: 'Seguridad Social' },
  housing: { en: 'Housing Agency', fr: 'Agence du logement', es: 'Agencia de Vivienda' },
  inspector: {
    en: 'Data Protection Inspector',
    fr: 'Inspection de la protection des données',
    es: 'Inspección de Protección de Datos',
  },
}
