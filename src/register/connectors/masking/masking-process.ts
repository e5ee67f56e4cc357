/**
 * The process that masks a register's rows for one join. It takes one question, reads the rows, gives out masked points, hashes
 * and sealed tokens, and ends; identifiers and secrets end with it. Identifiers go nowhere else.
 */
import { maskTokens, nobleJoinGroup, UniformDraws, useDigests } from '../../../crypto/index.ts'
import type { MaskingRun } from '../../../crypto/index.ts'
import {
  aesCtr,
  nativeDigests,
  sodiumJoinGroup,
  sodiumSealedBox,
  systemRandomness,
} from '../../../platform/index.ts'
import { checkMaskPlan } from '../../mask-plan.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { parseRegisterDescription } from '../../register-description.ts'
import type { RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import { connectorSettingsSchema } from '../connector-settings.ts'
import type { ConnectorSettings } from '../connector-settings.ts'
import { failure } from '../serve-connector.ts'
import type { RemoteRows } from '../http/http-masking.ts'
import { maskingQuestionSchema } from './masking-messages.ts'
import type { MaskingAnswer } from './masking-messages.ts'
import { readListRows } from './read-list-rows.ts'
import type { EngineRows } from './read-list-rows.ts'

type EnginePlace = Exclude<ConnectorSettings, { kind: 'http' }>

async function engineRows(
  settings: EnginePlace,
  description: RegisterDescription,
  plan: MaskPlan,
): Promise<EngineRows> {
  // Only the driver that is used is loaded.
  switch (settings.kind) {
    case 'sqlite': {
      const { sqliteRows } = await import('./sqlite-rows.ts')
      return sqliteRows(settings.path, description, plan)
    }
    case 'csv':
    case 'parquet': {
      const { fileRows } = await import('./file-rows.ts')
      return fileRows({ kind: settings.kind, path: settings.path }, description, plan)
    }
    case 'postgres': {
      const { postgresRows } = await import('../postgres/postgres-joins.ts')
      return postgresRows(settings, description, plan)
    }
  }
}

/** Resolves once the gateway's end has taken it, so that no more than one batch is under way. */
function post(answer: MaskingAnswer): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(answer, () => resolve())
  })
}

async function postRun(run: MaskingRun | RemoteRows): Promise<void> {
  const { counts, stride, sealKey } = run
  await post({ kind: 'begun', counts, stride, sealKey })
  for await (const batch of run.batches) await post({ kind: 'rows', ...batch })
}

async function maskRegister(plan: MaskPlan): Promise<void> {
  const settings = connectorSettingsSchema.parse(JSON.parse(process.argv[2] ?? ''))
  const description = parseRegisterDescription(settings.description)
  checkMaskPlan(plan, description)
  const draws = new UniformDraws(systemRandomness)
  if (settings.kind === 'http') {
    const { httpMasking } = await import('../http/http-masking.ts')
    return postRun(await httpMasking(settings, description, { plan, seed: draws.word() }))
  }
  await maskRows(settings, description, { plan, draws })
}

async function maskRows(
  settings: EnginePlace,
  description: RegisterDescription,
  { plan, draws }: { readonly plan: MaskPlan; readonly draws: UniformDraws },
): Promise<void> {
  const sealedBox = sodiumSealedBox()
  if (sealedBox === undefined)
    throw new RegisterError(
      'UNAVAILABLE',
      'this machine has no libsodium, which seals for the inspector',
    )
  useDigests(nativeDigests)
  const rows = await engineRows(settings, description, plan)
  using lists = await readListRows(plan, description, { rows, draws })
  const deps = {
    group: sodiumJoinGroup() ?? nobleJoinGroup,
    randomness: systemRandomness,
    cipher: aesCtr,
    sealedBox,
  }
  await postRun(maskTokens(plan, lists.tokensOf(plan.parts), deps))
}

async function answer(plan: MaskPlan): Promise<void> {
  try {
    await maskRegister(plan)
    await post({ kind: 'ended' })
  } catch (cause) {
    await post(failure(cause))
  } finally {
    plan.scalar.fill(0)
    plan.saltKey.fill(0)
  }
}

process.once('message', (message) => {
  const question = maskingQuestionSchema.safeParse(message)
  // A gateway that says anything else, or anything more, is not a gateway.
  if (!question.success) process.exit(2)
  process.on('message', () => process.exit(2))
  void answer(question.data.plan)
})
process.on('disconnect', () => process.exit(0))
