import { maskTokens, UniformDraws } from '../../../crypto/index.ts'
import type { MaskDeps, MaskingRun } from '../../../crypto/index.ts'
import { checkMaskPlan } from '../../mask-plan.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { parseRegisterDescription } from '../../register-description.ts'
import type { RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import { connectorSettingsSchema } from '../connector-settings.ts'
import type { ConnectorSettings } from '../connector-settings.ts'
import type { RemoteRows } from '../http/http-masking.ts'
import type { MaskingAnswer } from './masking-messages.ts'
import { readListRows } from './read-list-rows.ts'
import type { EngineRows } from './read-list-rows.ts'

/** What a masking process is put together from. */
export interface MaskingMachine extends Omit<MaskDeps, 'sealedBox'> {
  /** `undefined` on a machine that cannot seal. */
  readonly sealedBox: MaskDeps['sealedBox'] | undefined
  /** Resolves once the gateway's end has taken it, so that no more than one batch is under way. */
  post(answer: MaskingAnswer): Promise<void>
}

/**
 * Reads a register by the settings that the process was started with, and gives out its masked rows. The plan's secrets are
 * overwritten before the end is told, whatever came of it.
 *
 * @throws {@link RegisterError} as reading and masking do
 */
export async function maskRegister(
  settings: string,
  plan: MaskPlan,
  machine: MaskingMachine,
): Promise<void> {
  try {
    await maskAll(connectorSettingsSchema.parse(JSON.parse(settings)), plan, machine)
  } finally {
    plan.scalar.fill(0)
    plan.saltKey.fill(0)
  }
  await machine.post({ kind: 'ended' })
}

async function maskAll(
  settings: ConnectorSettings,
  plan: MaskPlan,
  machine: MaskingMachine,
): Promise<void> {
  const description = parseRegisterDescription(settings.description)
  checkMaskPlan(plan, description)
  const draws = new UniformDraws(machine.randomness)
  if (settings.kind === 'http') {
    const { httpMasking } = await import('../http/http-masking.ts')
    const remote = await httpMasking(settings, description, { plan, seed: draws.word() })
    return postRun(remote, machine)
  }
  const { sealedBox } = machine
  if (sealedBox === undefined) {
    const missing = 'this machine has no libsodium, which seals for the inspector'
    throw new RegisterError('UNAVAILABLE', missing)
  }
  const rows = await engineRows(settings, description, plan)
  using lists = await readListRows(plan, description, { rows, draws })
  const tokens = lists.tokensOf(plan.parts)
  await postRun(maskTokens(plan, tokens, { ...machine, sealedBox }), machine)
}

async function engineRows(
  settings: Exclude<ConnectorSettings, { kind: 'http' }>,
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

async function postRun(
  { counts, stride, sealKey, batches }: MaskingRun | RemoteRows,
  machine: MaskingMachine,
): Promise<void> {
  await machine.post({ kind: 'begun', counts, stride, sealKey })
  for await (const batch of batches) await machine.post({ kind: 'rows', ...batch })
}
