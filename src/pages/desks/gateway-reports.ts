import { reportFileSchema, verifyReport } from '../../oversight/index.ts'
import { bestEd25519, nativeDigests, nodeMlDsa44 } from '../../platform/index.ts'
import type { OfficerReports } from '../../web/index.ts'
import type { GatewayCalls } from './gateway-calls.ts'

const algorithms = {
  ed25519: bestEd25519(),
  mlDsa44: nodeMlDsa44,
  sha256: (bytes: Uint8Array): Uint8Array => nativeDigests.sha256(bytes),
}

/** A report counts every entry of its period. */
const terms = { timeoutMs: 600_000, maxResponseBytes: 268_435_456 }

/**
 * Reports of one organisation, made by its gateway and computed again here before a page shows them. Rejects with
 * a `ReportFault` for one that does not hold.
 */
export function gatewayReports(calls: GatewayCalls): OfficerReports {
  return {
    async make({ report, fromMs, untilMs, agreement }) {
      const wish = { v: 1, report, fromMs, untilMs, agreement }
      const reply = await calls.post('/v1/reports', wish, terms)
      if (reply.kind === 'problem') return { code: reply.code }
      const file = reportFileSchema.parse(reply.json)
      return { file, verified: verifyReport(file, algorithms) }
    },
  }
}
