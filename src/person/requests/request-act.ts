import type { SubjectReference } from '../../protocol/index.ts'
import type { RequestKind, RequestOutcome } from './request-kinds.ts'

/** A step to be taken with one request. Texts are checked in their form before. */
export type RequestAct =
  | {
      readonly act: 'file'
      readonly id: string
      readonly kind: RequestKind
      readonly subject: SubjectReference
      readonly subjectHandle: string
      /** An entry that is known to be about the person, and open to them. */
      readonly about: { readonly log: string; readonly entry: number } | null
      readonly elements: readonly string[]
      readonly text: string
    }
  | { readonly act: 'open'; readonly number: number }
  | { readonly act: 'extend'; readonly number: number; readonly reason: string }
  | {
      readonly act: 'decide'
      readonly number: number
      readonly outcome: RequestOutcome
      /** Of a refusal. */
      readonly law: string | null
      readonly answer: string
      /** What was corrected, where it is not what was asked for. */
      readonly elements: readonly string[] | undefined
      /** Whether a granted objection places the person's restriction. */
      readonly restricts: boolean
      /** The person's handle in the chain of withheld entries; `undefined` where nobody knows it any more. */
      readonly withheldHandle: string | undefined
    }

/** A step to be committed. */
export type RequestIntent = { readonly type: 'request' } & RequestAct

/** Why a step is refused, and nothing was written. */
export type RequestRefusal =
  | 'REQUEST_UNKNOWN'
  /** The id stands for another request. */
  | 'REQUEST_CONFLICT'
  /** As many requests of the person in 30 days as may be. */
  | 'REQUEST_CAP'
  | 'REQUEST_DECIDED'
  | 'REQUEST_EXTENDED'
  /** The first month is over. */
  | 'EXTENSION_TOO_LATE'
  /** A refusal needs a law that fits the kind, a grant has none. */
  | 'LAW_UNFIT'
  /** A correction names what is to be corrected. */
  | 'ELEMENTS_MISSING'
  /** Only a granted objection restricts. */
  | 'RESTRICTION_UNFIT'

/** The step is durable, or nothing was written. */
export type RequestCommitted =
  | {
      readonly type: 'request'
      readonly state: 'done'
      readonly number: number
      readonly log: string
      readonly entry: number
      /** Log time of the entry. */
      readonly atMs: number
      readonly dueMs: number
      /** How many recipients of a correction are to be told. */
      readonly recipients: number
    }
  | { readonly type: 'request'; readonly state: 'refused'; readonly code: RequestRefusal }
