import { systemClock } from '../platform/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { describedRegisters } from './described-registers.ts'
import type { OfficeRouteDeps } from './http/office/index.ts'
import type { PublicRecordDeps } from './http/public-record/index.ts'
import type { OpenGateway } from './open-gateway.ts'

/** What the data protection officer's pages read of this gateway. */
export function officeRole(loaded: LoadedConfig, gateway: OpenGateway): OfficeRouteDeps {
  const { reader, agreementBook, timeLock, agreements, lineage } = gateway
  return {
    reader,
    organisation: loaded.config.org.id,
    book: agreementBook,
    standing: { timeLock, agreements, lineage },
    registers: () => describedRegisters(loaded),
    clock: systemClock,
  }
}

/** What everybody reads of this gateway. */
export function publicRecordRole(loaded: LoadedConfig, gateway: OpenGateway): PublicRecordDeps {
  const { organisation, reader, book, standing, registers } = officeRole(loaded, gateway)
  return {
    organisation,
    timeLockMs: gateway.timeLock.milliseconds,
    agreements: { reader, book, standing },
    budgets: { reader, registers },
  }
}
