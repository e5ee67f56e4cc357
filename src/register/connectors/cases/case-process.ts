/**
 * The process of a case source: it reads one case system, holds the key that signs case tokens, and answers
 * the two kinds of question of `case-messages.ts`. The gateway that forks it never reads the key.
 */
import { readFile } from 'node:fs/promises'
import * as z from 'zod'

import { decodeBase64, encodeBase64 } from '../../../bytes/index.ts'
import { nobleEd25519 } from '../../../crypto/index.ts'
import { signCaseToken } from '../../../protocol/index.ts'
import { RegisterError } from '../../register-error.ts'
import { serveConnector } from '../serve-connector.ts'
import type { CaseBook } from './case-book.ts'
import { parseCaseDescription } from './case-description.ts'
import { type CaseAnswer, caseQuestionBatchSchema, type VouchClaim } from './case-messages.ts'

const path = z.string().min(1)
const always = { issuer: z.string().min(1).max(128), keyFile: path, description: z.unknown() }
const settingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite'), path, ...always }),
  z.strictObject({ kind: z.literal('postgres'), dsnFile: path, schema: path, ...always }),
])
type Settings = z.infer<typeof settingsSchema>

/** Well under the quarter of an hour that a provider accepts. */
const lifeSeconds = 600

interface OpenCases {
  readonly book: CaseBook
  readonly issuer: string
  /** 32 bytes, secret. */
  readonly seed: Uint8Array
}

async function openBook(settings: Settings): Promise<CaseBook> {
  const described = parseCaseDescription(settings.description)
  // Only the driver that is used is loaded.
  if (settings.kind === 'sqlite') {
    const { openSqliteCaseBook } = await import('./sqlite-case-book.ts')
    return openSqliteCaseBook(settings.path, described)
  }
  const { openPostgresCaseBook } = await import('./postgres-case-book.ts')
  return openPostgresCaseBook(settings, described)
}

async function readSeed(file: string): Promise<Uint8Array> {
  try {
    const seed = decodeBase64((await readFile(file, 'utf8')).trimEnd())
    if (seed.length === 32) return seed
  } catch {
    // Falls through to the same sentence: the reason would quote the file.
  }
  throw new RegisterError('KEY_INVALID', "the case source's key file must hold 32 bytes in base64")
}

async function open(text: string): Promise<OpenCases> {
  const settings = settingsSchema.parse(JSON.parse(text))
  const seed = await readSeed(settings.keyFile)
  return { book: await openBook(settings), issuer: settings.issuer, seed }
}

async function vouch({ book, issuer, seed }: OpenCases, claim: VouchClaim): Promise<CaseAnswer> {
  const { official, officialPseudonym, provider, reference, subject } = claim
  const facts = await book.find({ reference, official, ...subject })
  if (facts.verdict !== 'GRANTED') return { kind: 'refused', code: facts.verdict }
  const issued = Math.floor(Date.now() / 1000)
  const token = await signCaseToken(
    {
      iss: issuer,
      aud: provider,
      iat: issued,
      exp: issued + lifeSeconds,
      case: reference,
      subject: { scheme: subject.scheme, value: subject.value },
      official: officialPseudonym,
      purpose: facts.purpose,
      open: true,
      ...(facts.kin ? { kin: true } : {}),
      ...(facts.bystander ? { bystander: true } : {}),
    },
    seed,
  )
  return { kind: 'token', token }
}

serveConnector(caseQuestionBatchSchema, {
  open,
  answer: async (cases, question) => {
    if (question.kind === 'vouch') return vouch(cases, question.claim)
    const publicKey = encodeBase64(nobleEd25519.publicKey(cases.seed))
    return { kind: 'issuer', name: cases.issuer, publicKey }
  },
})
