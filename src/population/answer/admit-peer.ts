import type { TableAgreement } from '../../agreement/index.ts'
import {
  type ProblemCode,
  ProtocolError,
  type SignedRequest,
  verifyRequest,
} from '../../protocol/index.ts'
import type { QueryTerms } from '../query/index.ts'
import type { NonceMemory } from './nonce-memory.ts'
import type {
  AskingOrganisation,
  KnownPopulationAgreement,
  PopulationDeps,
} from './population-deps.ts'
import { type Connection, verifiedSender } from './verified-sender.ts'

/** What admitting needs: what is served with, and what is known of the connection. */
export interface AdmissionDeps extends PopulationDeps, Connection {}

/** A request whose signature, sender and form are good, and the agreement that it names. */
export interface AdmittedPeer<Message> {
  readonly keyId: string
  readonly consumer: AskingOrganisation
  readonly message: Message
  readonly known: KnownPopulationAgreement
  readonly terms: QueryTerms
}

interface NamedPlace {
  readonly id: string
  readonly version: number
  readonly register: string | null
}

/** What is served, and by what it is read. */
export interface Admission<Message> {
  readonly parse: (bytes: Uint8Array) => Message
  /** Which agreement it is under, and which register it is about; `null`: the first that the agreement names. */
  readonly placeOf: (message: Message) => NamedPlace
  /** The kinds of agreements that it may be under. */
  readonly kinds: readonly TableAgreement['kind'][]
}

function readAs<Message>(
  { parse }: Admission<Message>,
  body: Uint8Array,
): { readonly message: Message } | ProblemCode {
  try {
    return { message: parse(body) }
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    return cause.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
  }
}

/** The terms of the register that is named, or else of the first: the query is then refused for the name. */
function termsOf(
  { agreement, countersigned }: KnownPopulationAgreement,
  named: string | null,
  deps: PopulationDeps,
): QueryTerms | undefined {
  const names = agreement.dataElements.map(({ register }) => register)
  const name = names.find((one) => one === named) ?? names[0] ?? ''
  const register = deps.registers.get(name)
  return register && { agreement, description: { ...register.describe(), name }, countersigned }
}

function knownTerms<Message>(
  { id, version, register, kinds }: NamedPlace & Pick<Admission<Message>, 'kinds'>,
  consumer: AskingOrganisation,
  deps: PopulationDeps,
): Pick<AdmittedPeer<Message>, 'known' | 'terms'> | undefined {
  const known = deps.agreementOf(id, version)
  if (known === undefined) return undefined
  const { agreement } = known
  const isBetween =
    kinds.includes(agreement.kind) &&
    agreement.consumer.valueOf() === consumer.id &&
    agreement.provider.valueOf() === deps.organisation
  const terms = isBetween ? termsOf(known, register, deps) : undefined
  return terms && { known, terms }
}

/** Verifies signature, sender, form and agreement, in this order; what is not good is told in one code, and is no entry. */
export function admitPeer<Message>(
  request: SignedRequest,
  admission: Admission<Message>,
  deps: AdmissionDeps,
  nonces: NonceMemory,
): AdmittedPeer<Message> | ProblemCode {
  const sender = verifiedSender(request, verifyRequest, { ...deps, nonces })
  if (typeof sender === 'string') return sender
  const { keyId, consumer } = sender
  const read = readAs(admission, request.body)
  if (typeof read === 'string') return read
  const { message } = read
  const found = knownTerms<Message>(
    { ...admission.placeOf(message), kinds: admission.kinds },
    consumer,
    deps,
  )
  return found === undefined ? 'AGREEMENT_UNKNOWN' : { keyId, consumer, message, ...found }
}
