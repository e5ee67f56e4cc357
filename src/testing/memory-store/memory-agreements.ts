import type {
  AgreementDocument,
  AgreementReader,
  AgreementTransaction,
  WitnessedHead,
} from '../../person/index.ts'
import { type MemoryTables, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

/** Reads of agreements. */
export function memoryAgreementReader(tables: () => MemoryTables, call: PortCall): AgreementReader {
  return {
    agreementEvents: (agreement) =>
      call('agreementEvents', () =>
        tables().agreementEvents.filter((event) => event.agreement === agreement),
      ),
    agreementDocuments: () => call('agreementDocuments', () => [...tables().agreementDocuments]),
    witnessedMs: () => call('witnessedMs', () => tables().witnessedMs),
  }
}

function saveDocument(draft: MemoryTables, document: AgreementDocument): void {
  const isSame = ({ digest }: AgreementDocument): boolean => digest === document.digest
  if (document.kind === 'act') requireNew(draft.agreementDocuments.some(isSame), 'an act')
  const others = draft.agreementDocuments.filter((one) => !isSame(one))
  draft.agreementDocuments = [...others, document]
}

/** Entries of the logs before are below those of the present one. */
function saveWitnessed(draft: MemoryTables, { origin, size, atMs }: WitnessedHead): void {
  draft.agreementEvents = draft.agreementEvents.map((event) => {
    const isCovered = event.place.origin !== origin || event.place.index < size
    return event.cosignedAtMs === null && isCovered ? { ...event, cosignedAtMs: atMs } : event
  })
  draft.witnessedMs = Math.max(draft.witnessedMs ?? 0, atMs)
}

/** Writes of agreements. */
export function memoryAgreementWrites(
  draft: MemoryTables,
  call: PortCall,
): Omit<AgreementTransaction, keyof AgreementReader> {
  return {
    saveAgreementEvent: (event) =>
      call(
        'saveAgreementEvent',
        () => void draft.agreementEvents.push({ ...event, cosignedAtMs: null }),
      ),
    saveAgreementDocument: (document) =>
      call('saveAgreementDocument', () => saveDocument(draft, document)),
    saveWitnessed: (head) => call('saveWitnessed', () => saveWitnessed(draft, head)),
  }
}
