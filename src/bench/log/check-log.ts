import { type Policy, verifyLog, verifyReceipt, describeProblem } from '../../log/verify/index.ts'
import { bestEd25519, folderFiles } from '../../platform/index.ts'
import { BenchError } from '../bench-error.ts'
import type { LogWorld } from './log-world.ts'

/** A receipt of the run with the leaf that it must prove. */
export interface SampledReceipt {
  readonly leaf: Uint8Array
  readonly receipt: string
  readonly index: number
}

/**
 * Verifies receipts of a run by the verifier's code.
 *
 * @throws {@link BenchError} `RUN_REJECTED` for the first that does not hold, or for none
 */
export function requireReceipts(sampled: readonly SampledReceipt[], policy: Policy): void {
  if (sampled.length === 0) throw new BenchError('RUN_REJECTED', 'No receipt was checked.')
  const ed25519 = bestEd25519()
  for (const { leaf, receipt, index } of sampled) {
    const verdict = verifyReceipt({ proof: receipt, leaf, policy, ed25519 })
    if (verdict.ok && verdict.index === index) continue
    const reason = verdict.ok ? 'it is of another entry' : verdict.reason
    throw new BenchError(
      'RUN_REJECTED',
      `The receipt of entry ${index} does not verify: ${reason}.`,
    )
  }
}

/**
 * Verifies the whole published log as a stranger would.
 *
 * @throws {@link BenchError} `RUN_REJECTED` when it is not good or not of `size` entries
 */
export async function requireLog(world: LogWorld, size: number): Promise<void> {
  const files = folderFiles(world.published)
  const source = {
    read: (path: string) => files.read(path),
    async *list(folder: string) {
      yield* await files.list(folder)
    },
  }
  const { policy, key } = world
  const options = { keys: [key], policy, strict: true, ed25519: bestEd25519() }
  const report = await verifyLog(source, options)
  const [problem] = report.problems
  if (problem !== undefined) {
    throw new BenchError('RUN_REJECTED', `The log is not good: ${describeProblem(problem)}`)
  }
  if (report.size !== size) {
    throw new BenchError('RUN_REJECTED', `${report.size} of ${size} entries are published.`)
  }
}
