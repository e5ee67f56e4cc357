import { ReconcileError, ReportFault, tamperingCodes } from '../../oversight/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { ActRefused, runAct } from '../admin-client.ts'
import { TrustError } from '../trust-files.ts'
import { describeReportFault, ReportError } from './report-error.ts'

const pending: ReadonlySet<string> = new Set(['REPORT_PENDING', 'EPOCH_PENDING'])

/** Runs one of the commands about reports and says in a sentence what was not right. */
export function runReport(
  name: string,
  io: CliIo,
  act: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const say = (text: string): void => io.stderr(`cloison report ${name}: ${text}\n`)
  return runAct(`report ${name}`, io, async () => {
    try {
      return await act()
    } catch (cause) {
      if (cause instanceof ReportFault) {
        say(`it does NOT hold: ${describeReportFault(cause)}`)
        return EXIT.tampering
      }
      if (cause instanceof ReconcileError) {
        say(`${cause.code}: ${cause.message}`)
        return tamperingCodes.has(cause.code) ? EXIT.tampering : EXIT.usage
      }
      if (cause instanceof ReportError) {
        say(`${cause.code}: ${cause.message}`)
        return EXIT.fault
      }
      if (cause instanceof TrustError) {
        say(cause.message)
        return EXIT.usage
      }
      if (cause instanceof ActRefused && pending.has(cause.code)) {
        say(`${cause.code}: ${cause.message}`)
        return EXIT.unavailable
      }
      throw cause
    }
  })
}
