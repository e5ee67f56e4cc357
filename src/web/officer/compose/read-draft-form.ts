import {
  type Agreement,
  compileAgreement,
  dayBegin,
  type DescribedRegister,
  type ElementCategory,
  elementCategories,
  AgreementError,
  type AgreementProblem,
  purposes,
  registerProblems,
} from '../../../agreement/index.ts'
import type { Json, JsonObject } from '../../../bytes/index.ts'
import { purposeId } from '../../vocabulary.ts'
import { asks, capFields, elementFields } from './draft-form.ts'
import type { Ask } from './draft-form.ts'

/** What a draft is read against. */
export interface DraftGround {
  readonly own: string
  readonly registers: readonly DescribedRegister[]
  /** The version that it replaces, with its digest and the number of the next one. */
  readonly before:
    { readonly agreement: Agreement; readonly digest: string; readonly next: number } | undefined
}

/** An agreement without signatures, or everything that is wrong with the form. */
export type ReadDraft =
  | { readonly ok: true; readonly agreement: Agreement }
  | { readonly ok: false; readonly problems: readonly AgreementProblem[] }

const dayMs = 86_400_000

function textOf(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').replaceAll(/\s+/g, ' ').trim().normalize('NFC')
}

function linesOf(form: URLSearchParams, name: string): readonly string[] {
  return (form.get(name) ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The whole number that a text is; the text itself where it is none, which the schema refuses with its place. */
function wholeOf(text: string): number | string {
  const plain = text.replaceAll(/[ _\u{a0}\u{202f}]/gu, '')
  return /^-?\d{1,15}$/.test(plain) ? Number(plain) : text
}

function microOf(text: string): number | string {
  const value = Number(text.replace(',', '.'))
  return text !== '' && Number.isFinite(value) ? Math.round(value * 1_000_000) : text
}

function predicateOf(ask: Ask, than: string): Json {
  switch (ask) {
    case 'none':
    case 'value':
      return null
    case 'supplied':
      return { op: 'equals-supplied', threshold: null }
    case 'in':
      return { op: 'in', threshold: than.split(',').map((one) => wholeOf(one.trim())) }
    case 'lt':
    case 'le':
    case 'ge':
    case 'gt':
    case 'eq':
      return { op: ask, threshold: wholeOf(than) }
  }
}

/** What questions call an element that has no name yet: its source, and how it is compared. */
function nameOf(source: string, ask: Ask): string {
  const plain = source
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replaceAll('-', '_')
  return ask === 'value' ? plain : `${plain}_${ask}`
}

function elementOf(
  place: { readonly register: string; readonly source: string; readonly name?: string },
  asked: { readonly ask: Ask; readonly than: string; readonly category: ElementCategory },
): JsonObject {
  const { register, source, name = nameOf(source, asked.ask) } = place
  const predicate = predicateOf(asked.ask, asked.than)
  const answerType = predicate === null ? 'attribute' : 'predicate'
  return { name, register, source, answerType, predicate, category: asked.category }
}

function askIn(text: string | null): Ask {
  return asks.find((one) => one === text) ?? 'none'
}

/** One line: name, register and source, how it is asked, with what it is compared, category. */
function readElementLine(line: string): JsonObject {
  const [name = '', place = '', ask = '', than = '', category = ''] = line
    .split('|')
    .map((part) => part.trim())
  const [register = '', source = ''] = place.split('.')
  const known = elementCategories.find((one) => one === category) ?? 'ordinary'
  return elementOf({ register, source, name }, { ask: askIn(ask), than, category: known })
}

function elementsOf(
  form: URLSearchParams,
  { registers, before }: DraftGround,
): readonly JsonObject[] {
  const old = before?.agreement.dataElements ?? []
  const answers = form.get('direction') === 'answer'
  const described = (answers ? registers : []).flatMap(({ name: register, elements }) =>
    elements.flatMap(({ name: source, category }) => {
      const fields = elementFields(register, source)
      const ask = askIn(form.get(fields.ask))
      if (ask === 'none') return []
      const than = textOf(form, fields.than)
      const kept = old.find((one) => one.register === register && one.source === source)
      const place = { register, source, ...(kept !== undefined && { name: kept.name }) }
      return [elementOf(place, { ask, than, category })]
    }),
  )
  return [...described, ...linesOf(form, 'elements').map(readElementLine)]
}

/** What the form does not ask: conditions, issuers of consent and notice stay as they were. */
function keptMembers({ before, registers }: DraftGround): JsonObject {
  const base = before?.agreement
  if (base?.kind === 'person')
    return {
      preconditions: base.preconditions.map((one) => ({ ...one })),
      consentIssuers: base.consentIssuers.map((one) => ({ ...one })),
      notice: { ...base.notice },
    }
  const scheme = registers[0]?.subject.scheme ?? 'demo-nin'
  return {
    preconditions: [{ kind: 'identifier-scheme', scheme }, { kind: 'no-placeholder' }],
    consentIssuers: [],
    notice: { kind: 'immediate' },
  }
}

function presenceOf(form: URLSearchParams, { before }: DraftGround): JsonObject {
  if (form.get('presence') === 'revealed') return { mode: 'revealed' }
  const base = before?.agreement
  const isKept = base?.kind === 'person' && base.presence.mode === 'hidden'
  return { mode: 'hidden', releaseDelayMs: isKept ? base.presence.releaseDelayMs : 80 }
}

function personMembers(form: URLSearchParams, ground: DraftGround): JsonObject {
  return {
    ...keptMembers(ground),
    caps: Object.fromEntries(capFields.map((cap) => [cap, wholeOf(textOf(form, cap))])),
    presence: presenceOf(form, ground),
    caseRule: {
      issuer: { name: textOf(form, 'caseName'), publicKey: textOf(form, 'caseKey') },
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
    contest: { days: wholeOf(textOf(form, 'contest')) },
  }
}

function tableMembers(form: URLSearchParams): JsonObject {
  return {
    privacyBudget: {
      perQuestionMicroEpsilon: microOf(textOf(form, 'perQuestion')),
      perYearMicroEpsilon: microOf(textOf(form, 'perYear')),
      deltaExponent: null,
    },
  }
}

/** Which document it is, and between whom. */
function headMembers(form: URLSearchParams, { own, before }: DraftGround): JsonObject {
  const answers = form.get('direction') === 'answer'
  const other = textOf(form, 'other')
  const parties = answers ? { provider: own, consumer: other } : { provider: other, consumer: own }
  if (before === undefined)
    return { v: 1, id: textOf(form, 'id'), version: 1, supersedes: null, ...parties }
  const { agreement, digest, next } = before
  const { id, version } = agreement
  return { v: 1, id, version: next, supersedes: { id, version, digest }, ...parties }
}

function termMembers(form: URLSearchParams): JsonObject {
  const [first, last] = [textOf(form, 'firstDay'), textOf(form, 'lastDay')]
  const lastBegin = dayBegin(last)
  return {
    notBeforeMs: dayBegin(first) ?? first,
    notAfterMs: lastBegin === undefined ? last : lastBegin + dayMs,
  }
}

function membersOf(form: URLSearchParams, ground: DraftGround): JsonObject {
  const kind = form.get('kind') === 'population' ? 'population' : 'person'
  const purpose = purposes.find(({ iri }) => purposeId(iri) === form.get('purpose'))
  return {
    ...headMembers(form, ground),
    kind,
    purpose: purpose?.iri ?? '',
    legalBasis: form.getAll('legalBasis').filter((one) => one !== ''),
    legalReference: [...linesOf(form, 'legalReference')],
    justification: textOf(form, 'justification'),
    expectedResults: textOf(form, 'expectedResults'),
    dataElements: [...elementsOf(form, ground)],
    approximateNumber: wholeOf(textOf(form, 'approximateNumber')),
    retention: {
      days: wholeOf(textOf(form, 'retention')),
      disposal: form.get('disposal') ?? '',
    },
    noRedisclosure: true,
    verificationProcedure: textOf(form, 'verificationProcedure'),
    dpiaReference: textOf(form, 'dpiaReference'),
    ...termMembers(form),
    signatures: [],
    ...(kind === 'person' ? personMembers(form, ground) : tableMembers(form)),
  }
}

/** Reads the form: an agreement that both could sign, or all that is wrong, also beside the own registers. */
export function readDraftForm(form: URLSearchParams, ground: DraftGround): ReadDraft {
  try {
    const agreement = compileAgreement(membersOf(form, ground))
    const isOwn = agreement.provider.valueOf() === ground.own
    const problems = isOwn
      ? registerProblems(agreement, ground.registers, { countersigned: false })
      : []
    return problems.length === 0 ? { ok: true, agreement } : { ok: false, problems }
  } catch (cause) {
    if (!(cause instanceof AgreementError)) throw cause
    return { ok: false, problems: cause.problems }
  }
}
