import { RegisterError } from '../../register-error.ts'
import { ConnectorLink, type ConnectorProtocol } from '../connector-link.ts'
import { forkProgram } from '../fork-connector.ts'
import type { SpawnConnector } from '../fork-connector.ts'
import type { CaseRefusal } from './case-book.ts'
import type { CaseDescription } from './case-description.ts'
import {
  type CaseAnswer,
  caseAnswerBatchSchema,
  type CaseQuestion,
  type VouchClaim,
} from './case-messages.ts'

/** Where the case system is; secrets are named by their files, which the case source's process reads. */
export type CaseSourceSettings = CasePlace & {
  /** The name that agreements and tokens use for this case source. */
  readonly issuer: string
  /** 32 bytes in base64: signs tokens, and is read by no gateway. */
  readonly keyFile: string
  readonly description: CaseDescription
}

/** The database of the case system. */
export type CasePlace =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres'
      /** Holds `postgres://role@host/database` in one line. */
      readonly dsnFile: string
      readonly schema: string
    }

/** A signed token, or why there is none. */
export type CaseReply =
  | { readonly state: 'granted'; readonly token: string }
  | { readonly state: 'refused'; readonly code: CaseRefusal }

/** Whose signature stands under the tokens: what an agreement names as its case source. */
export interface CaseIssuer {
  readonly name: string
  /** Base64 of 32 bytes. */
  readonly publicKey: string
}

/** A case system in a database. It vouches for what is named to it, and lists nothing. */
export interface OpenCaseSource extends AsyncDisposable {
  /** @throws {@link RegisterError} `UNAVAILABLE` and what the process says */
  vouch(claim: VouchClaim): Promise<CaseReply>
  /** @throws {@link RegisterError} as {@link OpenCaseSource.vouch}; the way to learn whether it opens */
  describe(): Promise<CaseIssuer>
}

const protocol: ConnectorProtocol<CaseQuestion, CaseAnswer> = {
  answers: caseAnswerBatchSchema,
  patience: { vouch: 10_000, describe: 20_000 },
}

/**
 * A case source in a process of its own, which is started with the first question and again when it has
 * ended. The process alone reads key and database.
 */
export function openCaseSource(
  settings: CaseSourceSettings,
  spawn: SpawnConnector = forkProgram('./cases/case-process'),
): OpenCaseSource {
  const link = new ConnectorLink(JSON.stringify(settings), spawn, protocol)
  return {
    async vouch(claim) {
      const answer = await link.ask({ kind: 'vouch', claim })
      if (answer.kind === 'token') return { state: 'granted', token: answer.token }
      if (answer.kind === 'refused') return { state: 'refused', code: answer.code }
      throw another()
    },
    async describe() {
      const answer = await link.ask({ kind: 'describe' })
      if (answer.kind !== 'issuer') throw another()
      return { name: answer.name, publicKey: answer.publicKey }
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  }
}

function another(): RegisterError {
  return new RegisterError('UNAVAILABLE', 'the connector answered another question')
}
