import * as z from 'zod'
import {
  canonicalBytes,
  concatBytes,
  encodeBase64,
  type Json,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { RecordKeys } from '../../log/index.ts'
import type { Aead } from '../../ports/index.ts'
import {
  ELEMENT_NAME,
  MAX_ELEMENTS,
  type SubjectReference,
  subjectSchema,
} from '../../protocol/index.ts'
import {
  longestRequestText,
  type RequestKind,
  requestKinds,
  type RequestOutcome,
  type RequestStep,
} from './request-kinds.ts'

/** Text of people in lines: no control character but the newline, nothing invisible. */
export const requestTextSchema: z.ZodString = z
  .string()
  .min(1)
  .max(longestRequestText)
  .regex(/^[\n[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]]*$/v)

/** Names of data elements, each once. */
export const requestElementsSchema: z.ZodType<readonly string[]> = z
  .array(z.string().regex(ELEMENT_NAME))
  .max(MAX_ELEMENTS)
  .refine((names) => new Set(names).size === names.length)

/** An entry that a request is about. */
export const requestAboutSchema: z.ZodType<{ readonly log: string; readonly entry: number }> =
  z.strictObject({
    log: z
      .string()
      .max(200)
      .regex(/^[a-z0-9][a-z0-9./-]*$/),
    entry: z.int().min(0),
  })

/** What a person wrote. Personal data: for the person and the data protection officer. */
export type FiledText = {
  readonly number: number
  readonly organisation: string
  readonly kind: RequestKind
  readonly subject: SubjectReference
  readonly about: { readonly log: string; readonly entry: number } | null
  readonly elements: readonly string[]
  readonly text: string
}

/** Why more time is needed. For the same two. */
export type ExtendedText = {
  readonly number: number
  readonly organisation: string
  readonly dueMs: number
  readonly reason: string
}

/** What was decided, and the answer. For the same two. */
export type DecidedText = {
  readonly number: number
  readonly organisation: string
  readonly outcome: RequestOutcome
  readonly law: string | null
  readonly answer: string
  /** What was corrected. */
  readonly elements: readonly string[]
  readonly restricts: boolean
}

/** The texts of the steps that have one. */
export interface StepTexts {
  readonly filed: FiledText
  readonly extended: ExtendedText
  readonly decided: DecidedText
}

/** Reads the text of each step that has one. */
export const stepSchemas: { readonly [Step in keyof StepTexts]: z.ZodType<StepTexts[Step]> } = {
  filed: z.strictObject({
    number: z.int().min(1),
    organisation: z.string(),
    kind: z.enum(requestKinds),
    subject: subjectSchema,
    about: requestAboutSchema.nullable(),
    elements: requestElementsSchema,
    text: requestTextSchema,
  }),
  extended: z.strictObject({
    number: z.int().min(1),
    organisation: z.string(),
    dueMs: z.int(),
    reason: requestTextSchema,
  }),
  decided: z.strictObject({
    number: z.int().min(1),
    organisation: z.string(),
    outcome: z.enum(['granted', 'refused']),
    law: z.string().nullable(),
    answer: requestTextSchema,
    elements: requestElementsSchema,
    restricts: z.boolean(),
  }),
}

const tag = utf8('cloison/person-request/v1\n')
const saltBytes = 32

/** The digest in a step's entry, base64 (`spec/person-request.md`). `text` is canonical. */
export function requestDigest(salt: Uint8Array, text: Uint8Array): string {
  return encodeBase64(sha256(tag, salt, text))
}

/** What seals and opens the texts of requests. */
export interface RequestSealing {
  readonly aead: Aead
  readonly recordKeys: RecordKeys
}

/** Which step of which request, and when its entry was made: its month names the key. */
export interface SealedStep {
  readonly number: number
  readonly step: RequestStep
  readonly atMs: number
}

function contextOf({ number: of, step }: SealedStep): Uint8Array {
  return utf8(`request ${of} ${step}`)
}

/** Salt and text of a step, to rest in the store; `undefined` when the month's key is gone. */
export function sealStep(
  salt: Uint8Array,
  text: Json,
  at: SealedStep,
  { aead, recordKeys }: RequestSealing,
): Uint8Array | undefined {
  const key = recordKeys.of(at.atMs)
  return key && aead.seal(key, concatBytes(salt, canonicalBytes(text)), contextOf(at))
}

/** A text with what opens its digest. For the person and the data protection officer. */
export interface OpenedStep<Text> {
  readonly salt: Uint8Array
  readonly text: Text
}

/** Opens what {@link sealStep} sealed; `undefined` when its key is gone or it was erased. */
export function openStep<Step extends keyof StepTexts>(
  sealed: Uint8Array | undefined,
  at: SealedStep & { readonly step: Step },
  { aead, recordKeys }: RequestSealing,
): OpenedStep<StepTexts[Step]> | undefined {
  const key = recordKeys.of(at.atMs)
  const opened = key && sealed && aead.open(key, sealed, contextOf(at))
  if (opened === undefined) return undefined
  const schema: z.ZodType<StepTexts[Step]> = stepSchemas[at.step]
  const text = schema.parse(readCanonicalJson(opened.subarray(saltBytes)))
  return { salt: opened.slice(0, saltBytes), text }
}
