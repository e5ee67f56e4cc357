import { join } from 'node:path'
import type { Agreement } from '../agreement/index.ts'
import { canonicalBytes, encodeBase64Url } from '../bytes/index.ts'
import { parseTlogProof } from '../log/verify/index.ts'
import { readKeyFile } from '../node/index.ts'
import { officialPseudonym, personQuestionPath } from '../person/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import {
  makeExchangeId,
  parsePersonDenial,
  type PersonDenial,
  signRequest,
} from '../protocol/index.ts'
import type { CheatAttempt } from './cheat-attempt.ts'
import { entryOfDenial, ownCase } from './cheat-enumerate.ts'
import { demoAgreementIds } from './demo-agreements.ts'
import type { DemoClient } from './demo-client.ts'
import { localAddress } from './demo-config.ts'
import { DemoError } from './demo-error.ts'
import { demoOrganisations } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import type { LocalText } from '../web/index.ts'

const cheater = 'official-3'
const inventedCase = 'RS-2026-9999'

function incomeAgreement(demo: PreparedDemo): Agreement {
  const found = demo.agreements.find(({ id }) => id === demoAgreementIds.income)
  if (found === undefined) throw new TypeError('the demo has its income agreement')
  return found
}

/** A question as somebody inside housing would forge it: properly signed, without case and without log. */
function forgedBody(demo: PreparedDemo): Uint8Array {
  const agreement = incomeAgreement(demo)
  const pseudonymKey = demo.founded.get('housing')?.pseudonymKey ?? new Uint8Array(32)
  const nowMs = systemClock.now()
  return canonicalBytes({
    v: 1,
    exchangeId: makeExchangeId(systemRandomness.bytes(16)),
    agreement: agreement.id,
    version: agreement.version,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis[0] ?? '',
    elements: ['income_below_limit'],
    subject: { ...ownCase(demo, cheater).subject },
    case: { reference: inventedCase, token: '' },
    official: { pseudonym: officialPseudonym(pseudonymKey, 'tax', cheater), authTimeMs: nowMs },
    lastSeenCheckpoint: null,
    createdAtMs: nowMs,
  })
}

async function sendForged(demo: PreparedDemo, http: HttpClient): Promise<PersonDenial> {
  const tax = demoOrganisations.find(({ id }) => id === 'tax')
  const housing = demo.founded.get('housing')
  if (tax === undefined || housing === undefined)
    throw new TypeError('the demo has tax and housing')
  const authority = localAddress(demo.basePort + tax.portOffset)
  const seed = await readKeyFile(join(housing.folder, 'keys', 'gateway.key'))
  const body = forgedBody(demo)
  const target = {
    method: 'POST',
    authority,
    path: personQuestionPath,
    contentType: 'application/json',
    body,
  }
  const headers = signRequest(target, {
    key: { keyId: housing.gatewayKeyId, seed },
    createdAtMs: systemClock.now(),
    nonce: systemRandomness.bytes(16),
    ed25519: bestEd25519(),
  })
  const url = `http://${authority}${personQuestionPath}`
  const response = await http.send({
    method: 'POST',
    url,
    headers,
    body,
    timeoutMs: 10_000,
    maxResponseBytes: 262_144,
  })
  if (response.status === 200)
    throw new DemoError('CHECK_FAILED', 'a question without a case was answered')
  return parsePersonDenial(response.body)
}

const ownGatewayMove: LocalText = {
  en: "Name an invented case to one's own gateway",
  fr: 'Donner un dossier inventé à sa propre passerelle',
  es: 'Dar un expediente inventado a la propia pasarela',
}

const stolenKeyMove: LocalText = {
  en: "Go past it to the tax agency, with the gateway's stolen key",
  fr: "Aller droit à l'agence fiscale, avec la clé volée de la passerelle",
  es: 'Ir directamente a la agencia tributaria, con la clave robada de la pasarela',
}

/** Asks without a case: first through the own gateway, then past it, with the gateway's stolen key. */
export async function cheatNoCase(
  demo: PreparedDemo,
  client: DemoClient,
  http: HttpClient,
): Promise<CheatAttempt> {
  const reply = await client.ask({
    agreement: demoAgreementIds.income,
    elements: ['income_below_limit'],
    subject: ownCase(demo, cheater).subject,
    case: inventedCase,
    official: cheater,
    idempotencyKey: `no-case-${encodeBase64Url(systemRandomness.bytes(12))}`,
  })
  if (reply.kind !== 'outcome')
    throw new DemoError('REQUEST_FAILED', `the question was not even asked: ${reply.code}`)
  const own = entryOfDenial(reply.outcome)
  const denial = await sendForged(demo, http)
  const { index } = parseTlogProof(denial.inclusion)
  return {
    moves: [
      {
        what: ownGatewayMove,
        outcome: `${reply.outcome.code ?? ''}, housing's entry ${own?.index ?? '?'}`,
      },
      { what: stolenKeyMove, outcome: `${denial.code}, tax's entry ${index}` },
    ],
    stoppedBy: denial.code,
    entry: { organisation: 'tax', index, kind: 'person.denied' },
  }
}
