import { join } from 'node:path'
import * as z from 'zod'
import { canonicalBytes, decodeUtf8, type Json } from '../../bytes/index.ts'
import { parseTlogProof } from '../../log/verify/index.ts'
import { readKeyFile } from '../../node/index.ts'
import { officialPseudonym, personQuestionPath } from '../../person/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../platform/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { makeExchangeId, parsePersonDenial, signRequest } from '../../protocol/index.ts'
import { ownCase } from '../cheat-enumerate.ts'
import { demoAgreementIds } from '../demo-agreements.ts'
import { localAddress } from '../demo-config.ts'
import { DemoError } from '../demo-error.ts'
import { demoOrganisations } from '../demo-layout.ts'
import type { PreparedDemo } from '../prepare-demo.ts'

/** How a forged question differs from one that would be answered; what is left out is as in an honest one. */
export interface Forgery {
  readonly official: string
  /** The case that the question names, without any proof of it. */
  readonly caseReference: string
  /** Fields in place of the honest ones, and others that no question has. */
  readonly instead?: Readonly<Record<string, Json>>
}

/** What the tax agency said to a forged question. */
export interface ForgedReply {
  readonly code: string
  /** Of the tax agency's entry about the denial; `undefined` where the message was too wrong for one. */
  readonly entryIndex: number | undefined
}

const problemSchema = z.object({ code: z.string() })

function forgedBody(demo: PreparedDemo, { official, caseReference, instead }: Forgery): Uint8Array {
  const agreement = demo.agreements.find(({ id }) => id === demoAgreementIds.income)
  const pseudonymKey = demo.founded.get('housing')?.pseudonymKey
  if (agreement === undefined || pseudonymKey === undefined)
    throw new TypeError('the demo has its income agreement and housing')
  const nowMs = systemClock.now()
  return canonicalBytes({
    v: 1,
    exchangeId: makeExchangeId(systemRandomness.bytes(16)),
    agreement: agreement.id,
    version: agreement.version,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis[0] ?? '',
    elements: ['income_below_limit'],
    subject: { ...ownCase(demo, official).subject },
    case: { reference: caseReference, token: '' },
    official: { pseudonym: officialPseudonym(pseudonymKey, 'tax', official), authTimeMs: nowMs },
    lastSeenCheckpoint: null,
    createdAtMs: nowMs,
    ...instead,
  })
}

/**
 * Sends the tax agency a question as somebody inside housing would forge it who has the gateway's stolen key:
 * properly signed, past housing's own gateway, without its log and without a proof of the case.
 *
 * @throws {@link DemoError} `CHECK_FAILED` when it was answered.
 */
export async function sendForged(
  demo: PreparedDemo,
  http: HttpClient,
  forgery: Forgery,
): Promise<ForgedReply> {
  const tax = demoOrganisations.find(({ id }) => id === 'tax')
  const housing = demo.founded.get('housing')
  if (tax === undefined || housing === undefined)
    throw new TypeError('the demo has tax and housing')
  const authority = localAddress(demo.basePort + tax.portOffset)
  const seed = await readKeyFile(join(housing.folder, 'keys', 'gateway.key'))
  const body = forgedBody(demo, forgery)
  const target = {
    method: 'POST',
    authority,
    path: personQuestionPath,
    contentType: 'application/json',
    body,
  } as const
  const headers = signRequest(target, {
    key: { keyId: housing.gatewayKeyId, seed },
    createdAtMs: systemClock.now(),
    nonce: systemRandomness.bytes(16),
    ed25519: bestEd25519(),
  })
  const response = await http.send({
    method: 'POST',
    url: `http://${authority}${personQuestionPath}`,
    headers,
    body,
    timeoutMs: 10_000,
    maxResponseBytes: 262_144,
  })
  if (response.status === 200) throw new DemoError('CHECK_FAILED', 'a forged question was answered')
  const { code } = problemSchema.parse(JSON.parse(decodeUtf8(response.body)))
  return { code, entryIndex: code === 'MALFORMED' ? undefined : indexOf(response.body) }
}

function indexOf(body: Uint8Array): number {
  return parseTlogProof(parsePersonDenial(body).inclusion).index
}
