import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { canonicalBytes, decodeUtf8, utf8 } from '../../src/bytes/index.ts'
import { parsePublishedOpening } from '../../src/log/verify/index.ts'
import { loadConfig, ownListener, readKeyFile } from '../../src/node/index.ts'
import { correctionPath } from '../../src/person/index.ts'
import { bestEd25519, folderFiles } from '../../src/platform/index.ts'
import { gatewayKeyId, parseOrganisationId, signRequest } from '../../src/protocol/index.ts'
import { waitUntil } from '../house/wait-until.ts'
import { runHere } from '../scenario/command-server.ts'
import { people, type ReportGateways } from '../reports/report-gateways.ts'

/** One of the two organisations whose gateways run. */
export type Org = 'tax' | 'housing'

/** What came back, with its body as JSON. */
export interface Reply {
  readonly status: number
  readonly json: unknown
}

/** How a call of an inner or public address is made. */
export interface Called {
  readonly listener: 'public' | 'admin'
  /** The token itself; nobody's where it is left out. */
  readonly token?: string | undefined
  readonly body?: object | undefined
}

/** The bearer token in a file of `keys/`. */
export function tokenOf(gateways: ReportGateways, org: Org, name: string): string {
  return readFileSync(gateways.at(org, 'keys', `${name}.token`), 'utf8').trim()
}

/** Sends to an organisation's gateway and reads the JSON that comes back. */
async function send(
  gateways: ReportGateways,
  org: Org,
  path: string,
  {
    listener,
    headers,
    body,
  }: {
    readonly listener: Called['listener']
    readonly headers: Readonly<Record<string, string>>
    readonly body: Uint8Array | undefined
  },
): Promise<Reply> {
  const loaded = await loadConfig(gateways.config(org))
  const open = await ownListener(loaded)
  await using http = open.http
  const base = listener === 'public' ? open.url : `http://${loaded.config.listen.admin}`
  const url = `${base}${path}`
  const limits = { timeoutMs: 120_000, maxResponseBytes: 4_194_304 }
  const response = await http.send(
    body === undefined
      ? { method: 'GET', url, headers, ...limits }
      : { method: 'POST', url, headers, body, ...limits },
  )
  return { status: response.status, json: JSON.parse(decodeUtf8(response.body)) }
}

/** Calls one address of an organisation's gateway, with `POST` where there is a body. */
export function call(
  gateways: ReportGateways,
  org: Org,
  path: string,
  { listener, token, body }: Called,
): Promise<Reply> {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const bytes = body === undefined ? undefined : utf8(JSON.stringify(body))
  return send(gateways, org, path, { listener, headers, body: bytes })
}

/** The outcome of one command that must succeed, as JSON. */
export async function told(...args: readonly string[]): Promise<unknown> {
  const { exit, stdout, stderr } = await runHere([...args, '--json'])
  assert.equal(exit, 0, stderr)
  return JSON.parse(stdout)
}

/** Asks about one of the two people; the exchange's id. */
export async function ask(gateways: ReportGateways, person: 0 | 1): Promise<string> {
  const { exit, stdout, stderr } = await gateways.ask(person, '--json')
  assert.equal(exit, 0, stderr)
  return z.object({ exchangeId: z.string() }).parse(JSON.parse(stdout)).exchangeId
}

/** A request that was filed. */
export interface Filed {
  readonly number: number
  readonly filedAtMs: number
  readonly dueMs: number
}

const filedSchema: z.ZodType<Filed> = z.object({
  number: z.int(),
  filedAtMs: z.int(),
  dueMs: z.int(),
})

/** Files a correction as the page of the person does. */
export async function file(gateways: ReportGateways, person: 0 | 1): Promise<Filed> {
  const { status, json } = await call(gateways, 'tax', '/v1/person-requests', {
    listener: 'admin',
    token: tokenOf(gateways, 'tax', 'act'),
    body: {
      v: 1,
      id: randomBytes(16).toString('base64url'),
      subject: { scheme: 'demo-nin', value: people[person] },
      kind: 'correction',
      about: null,
      elements: ['income_below_limit'],
      text: 'My income was lower.',
    },
  })
  assert.equal(status, 200, JSON.stringify(json))
  return filedSchema.parse(json)
}

/** Grants a request by the officer's command; how many exchanges are told. */
export async function grant(gateways: ReportGateways, number: number): Promise<number> {
  writeFileSync(gateways.at('answer.txt'), 'It is corrected.\n')
  const answer = ['--grant', '--text-file', gateways.at('answer.txt')]
  const config = ['-c', gateways.config('tax')]
  const done = await told('subject', 'requests', 'decide', String(number), ...config, ...answer)
  return z.object({ recipients: z.int() }).parse(done).recipients
}

/** The word of a correction to one organisation, as the officer sees it. */
export interface Notice {
  readonly consumer: string
  readonly exchangeId: string
  readonly elements: readonly string[]
  readonly correctedAtMs: number
  readonly state: string
  readonly receipt: string | null
  readonly told: { readonly entry: number } | null
}

const noticesSchema: z.ZodType<{ readonly notices: readonly Notice[] }> = z.object({
  notices: z.array(
    z.object({
      consumer: z.string(),
      exchangeId: z.string(),
      elements: z.array(z.string()),
      correctedAtMs: z.int(),
      state: z.string(),
      receipt: z.string().nullable(),
      told: z.object({ entry: z.int() }).nullable(),
    }),
  ),
})

/** Whom a request's correction was sent to, as its officer sees it. */
export async function notices(
  gateways: ReportGateways,
  number: number,
): Promise<readonly Notice[]> {
  const config = ['-c', gateways.config('tax')]
  const shown = await told('subject', 'requests', 'show', String(number), ...config)
  return noticesSchema.parse(shown).notices
}

/** What was corrected in an exchange, by the entry that says so. */
export interface Corrected {
  readonly elements: readonly string[]
  readonly entry: number
}

const correctionsSchema: z.ZodType<{ readonly corrections: readonly Corrected[] }> = z.object({
  corrections: z.array(z.object({ elements: z.array(z.string()), entry: z.int() })),
})

/** What the consumer's own systems read of an exchange. */
export async function corrections(
  gateways: ReportGateways,
  exchangeId: string,
): Promise<readonly Corrected[]> {
  const { status, json } = await call(gateways, 'housing', `/v1/asks/${exchangeId}/corrections`, {
    listener: 'public',
    token: tokenOf(gateways, 'housing', 'ask'),
  })
  assert.equal(status, 200, JSON.stringify(json))
  return correctionsSchema.parse(json).corrections
}

/** The word of a correction as it goes over the wire. */
export interface Word {
  readonly exchangeId: string
  readonly elements: readonly string[]
  readonly correctedAtMs: number
}

/** Who signs a word, in whose name, and what happens to it on the way. */
export interface Sending {
  /** Whose gateway key signs. */
  readonly by: string
  /** Whose key id the signature names; the signer's own unless told. */
  readonly inTheNameOf?: string
  /** What arrives instead of what was signed. */
  readonly arrives?: Word
}

async function keyIdOf(gateways: ReportGateways, org: string): Promise<string> {
  const seed = await readKeyFile(gateways.at(org, 'keys', 'gateway.key'))
  return gatewayKeyId(parseOrganisationId(org), bestEd25519().publicKey(seed))
}

/** Sends the word of a correction to housing's gateway. */
export async function sendWord(
  gateways: ReportGateways,
  word: Word,
  { by, inTheNameOf = by, arrives = word }: Sending,
): Promise<Reply> {
  const record: unknown = JSON.parse(readFileSync(gateways.at('housing', 'directory.json'), 'utf8'))
  const authority = new URL(z.object({ url: z.string() }).parse(record).url).host
  const seed = await readKeyFile(gateways.at(by, 'keys', 'gateway.key'))
  const bytes = (one: Word): Uint8Array =>
    canonicalBytes({ v: 1, ...one, elements: [...one.elements] })
  const contentType = 'application/json'
  const headers = signRequest(
    { method: 'POST', authority, path: correctionPath, contentType, body: bytes(word) },
    {
      key: { keyId: await keyIdOf(gateways, inTheNameOf), seed },
      createdAtMs: Date.now(),
      nonce: randomBytes(16),
      ed25519: bestEd25519(),
    },
  )
  return send(gateways, 'housing', correctionPath, {
    listener: 'public',
    headers,
    body: bytes(arrives),
  })
}

/** Looks again until something is there. */
export function settled<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  return waitUntil('what follows from a correction', look)
}

const recordSchema = z.object({ kind: z.string(), digest: z.string().nullable() })

/** A public entry as an organisation's log publishes it: its kind and what it commits to. */
export function publicEntry(
  gateways: ReportGateways,
  org: Org,
  entry: number,
): Promise<{ readonly kind: string; readonly digest: string | null }> {
  const files = folderFiles(gateways.at(org, 'log', '2026h2'))
  return settled(async () => {
    const bytes = await files.read(`governance/${entry}`)
    const opening = bytes === undefined ? undefined : parsePublishedOpening(bytes)
    return opening && recordSchema.parse(opening.record)
  })
}
