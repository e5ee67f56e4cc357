import { encodeBase64 } from '../../../bytes/index.ts'
import type { HeadStore, RootAudit, StateStore } from '../../../log/index.ts'
import type {
  ExchangeReader,
  ExchangeTransaction,
  PersonWriter,
  ProviderRegister,
} from '../../../person/index.ts'
import type { Files } from '../../../ports/index.ts'
import type { PortCall } from '../../memory-store/index.ts'
import {
  type MemoryDisk,
  memoryDisk,
  memoryHeadStore,
  memoryReader,
  memoryStateStore,
} from '../../memory-store/index.ts'
import type { FilesDisk, ProcessLife } from '../../simulator/index.ts'

/** All that a simulated gateway has on disk. */
export interface GatewayDisk extends MemoryDisk {
  readonly files: FilesDisk
  /** Leaves, base64, of entries that the state store has confirmed to its caller. */
  readonly confirmed: Set<string>
}

/** An empty disk. */
export function gatewayDisk(): GatewayDisk {
  return { ...memoryDisk(), files: new Map(), confirmed: new Set() }
}

/** The stores of one life, in front of its disk. */
export interface GatewayStores {
  readonly store: StateStore<ExchangeTransaction>
  readonly headStore: HeadStore
  readonly reader: ExchangeReader
}

/**
 * Where a test may put something wrong between the real code and its ports, to see that an oracle
 * finds it. Nothing is in between by default.
 */
export interface Seams {
  /** Meddles with the disk before each start. */
  readonly beforeStart?: (disk: GatewayDisk) => void
  readonly stores?: (stores: GatewayStores, disk: GatewayDisk, life: ProcessLife) => GatewayStores
  /** Above the place where the store's confirmation is noted. */
  readonly aboveStore?: (store: StateStore<ExchangeTransaction>) => StateStore<ExchangeTransaction>
  readonly register?: (register: ProviderRegister) => ProviderRegister
  readonly audit?: (audit: RootAudit, disk: GatewayDisk) => RootAudit
  readonly writer?: (writer: PersonWriter, life: ProcessLife) => PersonWriter
  /** Another way to the published folder. */
  readonly files?: (disk: FilesDisk, life: ProcessLife) => Files
}

/** Notes which entries the store has said to be durable: the moment from which they may be answered. */
function confirming(
  store: StateStore<ExchangeTransaction>,
  confirmed: Set<string>,
): StateStore<ExchangeTransaction> {
  return {
    async transaction(work) {
      const inserted: string[] = []
      const result = await store.transaction((tx) =>
        work({
          ...tx,
          insertEntries: (rows) => {
            inserted.push(...rows.map(({ leaf }) => encodeBase64(leaf)))
            return tx.insertEntries(rows)
          },
        }),
      )
      for (const leaf of inserted) confirmed.add(leaf)
      return result
    },
  }
}

/** Opens the stores of one life. */
export function openStores(disk: GatewayDisk, life: ProcessLife, seams: Seams): GatewayStores {
  const device = (name: string): PortCall => life.device(name)
  const plain = {
    store: memoryStateStore(disk, device('state')),
    headStore: memoryHeadStore(disk, device('head')),
    reader: memoryReader(() => disk.tables, device('reader')),
  }
  const stores = seams.stores?.(plain, disk, life) ?? plain
  const store = confirming(stores.store, disk.confirmed)
  return { ...stores, store: seams.aboveStore?.(store) ?? store }
}
