import type { AgreementKind } from '../purpose.ts'
import { purposes } from '../purpose.ts'
import { dayText } from '../calendar-day.ts'
import { addMonths, dayMs } from '../calendar.ts'
import { defaultCaps } from '../caps.ts'
import type { DescribedRegister } from '../register-problems.ts'
import { effectiveCategory } from '../data-element.ts'
import { purposeWord } from './value-words.ts'

/** What is known when a draft is begun; the rest is for its author to write. */
export interface DraftStart {
  readonly id: string
  readonly kind: AgreementKind
  readonly provider: string | undefined
  readonly consumer: string | undefined
  /** The provider's registers, where the author has their descriptions. */
  readonly registers: readonly DescribedRegister[]
  /** Organisations that the own gateway knows. */
  readonly peers: readonly string[]
  readonly nowMs: number
}

/**
 * A draft to be filled in: YAML with a comment on every key. What only its author can know is left
 * empty, and reading the draft names each empty key; nothing in it is a guess that could be signed
 * unread.
 */
export function writeDraft(start: DraftStart): string {
  return [
    heading,
    partiesPart(start),
    purposePart(start),
    elementsPart(start),
    isTable(start.kind) ? tablePart(start) : personPart(start),
    endPart(start),
  ]
    .join('\n')
    .replaceAll(/ +$/gm, '')
}

const heading = `# An agreement: what one organisation may ask of another. Fill in what is empty, then:
#   cloison agreement lint FILE      what is wrong or could be better, with its line
#   cloison agreement sign FILE      shows it in plain words and signs it
# Every key is explained in docs/reference/agreement-draft.md.
`

function partiesPart({ id, kind, provider, consumer, peers }: DraftStart): string {
  const known = peers.length === 0 ? '' : ` Peers of this gateway: ${peers.join(', ')}.`
  return `id: ${id}
version: 1
# An earlier agreement that this one renews or replaces: {id, version, digest}, from "agreement show".
supersedes:
# person: one question about one person in one case; emergency; population and join: tables.
kind: ${kind}
# Who answers, and who asks.${known}
provider: ${provider ?? ''}
consumer: ${consumer ?? ''}
`
}

function purposePart({ kind }: DraftStart): string {
  const fitting = purposes.filter(({ kinds }) => kinds.includes(kind))
  const [only] = fitting
  const choice = fitting.length === 1 && only !== undefined ? purposeWord(only.iri) : ''
  return `# One of:
${fitting.map(({ iri, sentence }) => `#   ${purposeWord(iri)}: ${sentence}`).join('\n')}
purpose: ${choice}
# eu-gdpr:A6-1-c (legal obligation), eu-gdpr:A6-1-e (public task), eu-gdpr:A9-2-… for special
# categories, usc:552a-b-1 to 12.
legalBasis: []
# The law that lays the task down: an ELI address, celex:…, or usc:42/405.
legalReference: []
# Why the purpose cannot be reached without the question (GDPR 5(1)(c); 5 U.S.C. 552a(o)(1)(B)).
justification: ""
# What will be better, with a figure.
expectedResults: ""
`
}

function elementsPart({ registers, kind }: DraftStart): string {
  const forTable = isTable(kind)
  const asks = forTable
    ? '# Tables have attributes only: "ask: value".'
    : `# ask: "below 24000", "at most 3", "at least 18", "above 2001-12-31", "equals A2", "one of A, B",
#   "equals the supplied value", or "value" for the value itself, which gives more away.`
  return `# What may be asked. Each element has a name for questions, the register and its element (source)
# that it is answered from, and its category: ordinary, locating, special, criminal or migration.
${asks}
${registers.flatMap((register) => registerLines(register, forTable)).join('\n')}${registers.length === 0 ? '' : '\n'}dataElements:
  - name: ""
    register: ""
    source: ""
    ask: ${forTable ? 'value' : ''}
    category: ordinary
`
}

function registerLines(
  { name, category, subject, elements, population }: DescribedRegister,
  forTable: boolean,
): string[] {
  return [
    `# The register "${name}" (${category}, by ${subject.scheme}, about ${population.size} people) has:`,
    ...elements.map(
      (one) =>
        `#   ${one.name}: ${one.type}, ${effectiveCategory(category, one.category)}${forTable ? tableWords(one) : ''}`,
    ),
    ...(forTable
      ? ['# An inspector must countersign an agreement with something that is not ordinary.']
      : []),
  ]
}

/** What a table can do with an element. */
function tableWords({ domain }: DescribedRegister['elements'][number]): string {
  if (domain?.kind === 'closed') return `, counted by ${domain.keys.length} keys`
  if (domain?.kind === 'bounded') return `, measured from ${domain.min} to ${domain.max}`
  return ', not for tables'
}

const schemeOf = ({ registers }: DraftStart): string => registers[0]?.subject.scheme ?? 'demo-nin'

function personPart(start: DraftStart): string {
  return `${capsPart(start)}# What must hold before anything is looked up: "identifier scheme …", "no placeholder",
# "authenticated within 10 minutes".
preconditions:
  - identifier scheme ${schemeOf(start)}
  - no placeholder
# hidden: no answer tells whether the register has the person; revealed: it does.
presence: hidden
${start.kind === 'person' ? casePart : ''}# Who attests a person's consent, which protected elements need: {organisation, keyId, publicKey}; neither
# the consumer nor its case source.
consentIssuers: []
# immediate, or withheld: {law, authority: {name, publicKey}, until: 2027-06-30}.
notice: immediate
# How long a person may contest before an answer may count against them.
contest: 30 days
`
}

function capsPart({ kind }: DraftStart): string {
  if (kind === 'emergency') {
    return `# At most 10 and 50.
caps: { perOfficialPer30Days: 10, perAgreementPer30Days: 50 }
`
  }
  return `# At most 200 questions a day by one official and 6 people in one case; the people of 30 days stay
# within approximateNumber and 1 % of the register.
caps:
  perOfficialPerDay: ${defaultCaps.perOfficialPerDay}
  subjectsPerCase: ${defaultCaps.subjectsPerCase}
  distinctSubjectsPer30Days: ${defaultCaps.distinctSubjectsPer30Days}
  perSubjectPer30Days: ${defaultCaps.perSubjectPer30Days}
`
}

const casePart = `# The consumer's case system, which signs that a case is open, whose it is and whom it is about; its key
# lies outside of the gateway. Base64 of the 32 bytes of its public Ed25519 key.
caseSource:
  name: ""
  publicKey: ""
`

function isTable(kind: AgreementKind): boolean {
  return kind === 'population' || kind === 'join'
}

function tablePart(start: DraftStart): string {
  return start.kind === 'join' ? joinPart(start) : budgetPart
}

const budgetPart = `# Epsilon that one question, and all questions of a year, may spend; delta as 10^-deltaExponent, or null.
privacyBudget: { perQuestionEpsilon: 0.1, perYearEpsilon: 1, deltaExponent: null }
`

function joinPart({ registers }: DraftStart): string {
  return `# Epsilon that one question, and all questions of a year, may spend; a delta is at most 10^-deltaExponent
# (6 to 12), and a question has several.
privacyBudget: { perQuestionEpsilon: 0.5, perYearEpsilon: 1, deltaExponent: 7 }
# The organisation whose register is joined with, which has an agreement of its own with the one that asks;
# the identifiers that both registers have; and who may audit, an organisation that is none of the three.
join:
  with: ""
  keyspace: ${registers[0]?.subject.scheme ?? '""'}
  inspector: ""
`
}

function endPart({ nowMs }: DraftStart): string {
  const begin = nowMs - (nowMs % dayMs) + 14 * dayMs
  return `# About how many people it concerns in a year.
approximateNumber:
# How long the consumer keeps answers; then delete, anonymise or return.
retention:
  period: 90 days
  disposal: delete
# How an answer is verified before it counts against a person.
verificationProcedure: ""
# The data protection impact assessment, by number or date (GDPR 35).
dpiaReference: ""
# Both included, in UTC; at most 18 months. Nothing is answered before the time lock has passed, 14 days
# after both sides have published it (30 with a usc: basis).
firstDay: ${dayText(begin)}
lastDay: ${dayText(addMonths(begin, 12) - dayMs)}
`
}
