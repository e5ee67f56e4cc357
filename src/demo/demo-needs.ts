import { type Agreement, needsConsent } from '../agreement/index.ts'
import type { LocalText, Need } from '../web/index.ts'
import { demoAgreementIds } from './demo-agreements.ts'

interface NeedText {
  readonly id: string
  readonly agreement: string
  readonly label: LocalText
  readonly hint: LocalText
}

const needTexts: readonly NeedText[] = [
  {
    id: 'income-check',
    agreement: demoAgreementIds.income,
    label: {
      en: 'Check the income for rent support',
      fr: 'Vérifier le revenu pour une aide au logement',
      es: 'Comprobar los ingresos para una ayuda al alquiler',
    },
    hint: {
      en: 'The tax agency says whether the yearly income is below 24,000 euros: yes or no, never the amount.',
      fr: "L'agence fiscale dit si le revenu annuel est inférieur à 24 000 euros : oui ou non, jamais le montant.",
      es: 'La agencia tributaria dice si los ingresos anuales son inferiores a 24 000 euros: sí o no, nunca el importe.',
    },
  },
  {
    id: 'benefit-amount',
    agreement: demoAgreementIds.benefits,
    label: {
      en: 'Find out the benefit that is paid already',
      fr: 'Connaître la prestation déjà versée',
      es: 'Saber qué prestación se paga ya',
    },
    hint: {
      en: 'Social security says how many euros of benefit are paid a month, or none.',
      fr: "La sécurité sociale dit combien d'euros de prestation sont versés par mois, ou aucun.",
      es: 'La seguridad social dice cuántos euros de prestación se pagan al mes, o ninguno.',
    },
  },
  {
    id: 'accessible-home',
    agreement: demoAgreementIds.accessible,
    label: {
      en: 'Offer an accessible home nearby',
      fr: 'Proposer un logement accessible à proximité',
      es: 'Ofrecer una vivienda accesible cercana',
    },
    hint: {
      en: 'Social security says which degree of care is recognised and in which postcode area. Only with the consent of the person, who is asked first.',
      fr: 'La sécurité sociale indique le degré de soins reconnu et la zone postale. Seulement avec le consentement de la personne, consultée d’abord.',
      es: 'La seguridad social dice qué grado de dependencia está reconocido y en qué zona postal. Solo con el consentimiento de la persona, a quien se pregunta primero.',
    },
  },
]

function needOf({ id, agreement: name, label, hint }: NeedText, agreement: Agreement): Need {
  return {
    id,
    label,
    hint,
    agreement: { id: name, version: agreement.version },
    provider: agreement.provider,
    elements: agreement.dataElements.map((element) => element.name),
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis,
    needsConsent: agreement.dataElements.some(needsConsent),
  }
}

/** What the housing agency's officials may need to know, each under one of the demo's agreements. */
export function demoNeeds(agreements: readonly Agreement[]): readonly Need[] {
  return needTexts.flatMap((text) => {
    const agreement = agreements.find(({ id }) => id === text.agreement)
    return agreement === undefined ? [] : [needOf(text, agreement)]
  })
}
