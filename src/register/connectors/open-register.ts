import { layOutCells } from '../closed-query-plan.ts'
import { checkMaskPlan } from '../mask-plan.ts'
import { elementOf } from '../register-description.ts'
import type { RegisterDescription } from '../register-description.ts'
import { RegisterError } from '../register-error.ts'
import type { AnsweringRegister, Register } from '../register.ts'
import { ConnectorLink, type ConnectorProtocol } from './connector-link.ts'
import { answerBatchSchema } from './connector-messages.ts'
import type { ConnectorAnswer, ConnectorQuestion } from './connector-messages.ts'
import { forkConnector, forkMasking } from './fork-connector.ts'
import type { SpawnConnector } from './fork-connector.ts'
import { runMasking } from './masking/run-masking.ts'

/** Which records to open, as the organisation configures them. */
export type RegisterSettings = RegisterPlace & { readonly description: RegisterDescription }

/** Where the records are. Secrets are named by their files, which the connector's process reads. */
export type RegisterPlace =
  | { readonly kind: 'sqlite' | 'csv' | 'parquet'; readonly path: string }
  | {
      readonly kind: 'postgres'
      /** Holds `postgres://role@host/database` in one line. */
      readonly dsnFile: string
      /** The same for the role that may read rows for joins; left out, there are no joins. */
      readonly joinsDsnFile?: string | undefined
      /** The schema of the described table. */
      readonly schema: string
    }
  | {
      readonly kind: 'http'
      readonly url: string
      readonly tokenFile: string
      /** PEM of the authority that signed the server's certificate, where it is not a usual one. */
      readonly authorityFile?: string | undefined
    }

/** A register whose process ends when it is disposed of. Masking has a process of its own, which ends with its answer. */
export type OpenRegister = Register & AsyncDisposable

type RegisterAnswer = Exclude<ConnectorAnswer, { kind: 'failure' }>

/** How a gateway and the connector of a register speak. */
export const registerProtocol: ConnectorProtocol<ConnectorQuestion, RegisterAnswer> = {
  answers: answerBatchSchema,
  patience: { lookUp: 5000, aggregate: 600_000, describe: 300_000 },
}

/**
 * Opens a register in a process of its own and waits until it can answer.
 *
 * When the process ends, every open question rejects with `UNAVAILABLE` and the next one starts it again, up
 * to five times a minute; the gateway goes on.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`, `DESCRIPTION_INVALID`, `RECORDS_INVALID`, `ROLE_REFUSED`
 */
export async function openRegister(
  settings: RegisterSettings,
  spawn: SpawnConnector = forkConnector,
  spawnMasking: SpawnConnector = forkMasking,
): Promise<OpenRegister> {
  const text = JSON.stringify(settings)
  const link = new ConnectorLink(text, spawn, registerProtocol)
  try {
    await link.ask({ kind: 'describe' })
  } catch (cause) {
    await link[Symbol.asyncDispose]()
    throw cause
  }
  const { description } = settings
  return {
    ...answersOver(link, description),
    maskPoints: async (plan) => {
      checkMaskPlan(plan, description)
      return runMasking(plan, { settings: text, spawn: spawnMasking })
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  }
}

function answersOver(
  link: ConnectorLink<ConnectorQuestion, RegisterAnswer>,
  description: RegisterDescription,
): AnsweringRegister {
  return {
    lookUp: async (subject, elements) => {
      if (subject.scheme !== description.subject.scheme) {
        throw new RegisterError('SCHEME_MISMATCH', 'the subject is named in another scheme')
      }
      if (elements.length === 0) throw new RegisterError('SHAPE_REFUSED', 'no element is asked for')
      for (const name of elements) elementOf(description, name)
      const { row } = only(
        await link.ask({ kind: 'lookUp', subject: subject.value, elements }),
        'row',
      )
      return row ?? undefined
    },
    aggregate: async (plan) => {
      layOutCells(plan, description)
      return only(await link.ask({ kind: 'aggregate', plan }), 'cells').table
    },
    describe: () => description,
  }
}

/** The answer, if it is of the kind that the question calls for. */
function only<Kind extends ConnectorAnswer['kind']>(
  answer: ConnectorAnswer,
  kind: Kind,
): Extract<ConnectorAnswer, { kind: Kind }> {
  if (isOfKind(answer, kind)) return answer
  throw new RegisterError('UNAVAILABLE', 'the connector answered another question')
}

function isOfKind<Kind extends ConnectorAnswer['kind']>(
  answer: ConnectorAnswer,
  kind: Kind,
): answer is Extract<ConnectorAnswer, { kind: Kind }> {
  return answer.kind === kind
}
