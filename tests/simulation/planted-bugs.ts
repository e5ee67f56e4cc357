import { equalBytes } from '../../src/bytes/index.ts'
import type { RootAudit, StateStore } from '../../src/log/index.ts'
import { rootOfEntries } from '../../src/log/verify/index.ts'
import type { ExchangeTransaction, PersonIntent, PersonWriter } from '../../src/person/index.ts'
import { makeExchangeId } from '../../src/protocol/index.ts'
import { copyTables } from '../../src/testing/memory-store/index.ts'
import type { OracleId } from '../../src/testing/oracles/index.ts'
import {
  type GatewayDisk,
  type GatewayStores,
  type Seams,
  type SimOrganisationId,
  simSubjects,
} from '../../src/testing/simulation/index.ts'

/** A bug that was put between the real code and a port, and the oracle that must find it. */
export interface PlantedBug {
  readonly oracle: OracleId
  readonly title: string
  readonly in: SimOrganisationId
  /** Fresh for each run: what is planted may remember. */
  readonly seams: () => Seams
}

type Store = StateStore<ExchangeTransaction>

/** The caller hears of success while the commit is still on its way to the disk. */
function acknowledgingEarly({ store }: GatewayStores): Store {
  let last: Promise<unknown> = Promise.resolve()
  return {
    async transaction(work) {
      await last
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof work>>>()
      last = store
        .transaction(async (tx) => resolve(await work(tx)))
        .catch((cause: unknown) => reject(cause))
      return promise
    },
  }
}

/** The head is recorded some time after the answer has left. */
function recordingLate(stores: GatewayStores): GatewayStores {
  const { headStore } = stores
  return {
    ...stores,
    headStore: {
      ...headStore,
      write: async (head) => void headStore.write(head).catch(() => undefined),
    },
  }
}

/** Whatever fails in the head store, nobody hears of it. */
function deafToHeadStore(stores: GatewayStores): GatewayStores {
  const { headStore } = stores
  return {
    ...stores,
    headStore: { ...headStore, write: (head) => headStore.write(head).catch(() => undefined) },
  }
}

/** The head is swapped, and whether that went well is not looked at. */
function blindToSwap(stores: GatewayStores): GatewayStores {
  return changing(stores, (tx) => ({
    swapHead: (previous, next) => tx.swapHead(previous, next).catch(() => 'swapped' as const),
  }))
}

class RolledBack extends Error {}

/** Every seventh batch is rolled back and sequenced again; the caller gets what the first run signed. */
function sequencingTwice({ store }: GatewayStores): Store {
  let count = 0
  return {
    async transaction(work) {
      count += 1
      if (count % 7 !== 0) return store.transaction(work)
      const first: Awaited<ReturnType<typeof work>>[] = []
      const trial = store.transaction(async (tx) => {
        first.push(await work(tx))
        throw new RolledBack()
      })
      await trial.catch((cause: unknown) => {
        if (!(cause instanceof RolledBack)) throw cause
      })
      const second = await store.transaction(work)
      return first[0] ?? second
    },
  }
}

/** An audit that starts over from the disk at every batch, and so forgives a second run. */
function forgivingAudit(_audit: RootAudit, disk: GatewayDisk): RootAudit {
  let started: Uint8Array[] = []
  let isStarted = false
  return {
    extend(leaves) {
      const onDisk = disk.tables.entries.map(({ leaf }) => leaf)
      if (isStarted) return rootOfEntries([...onDisk, ...leaves])
      started = [...started, ...leaves]
      isStarted = started.length === onDisk.length
      return rootOfEntries(started)
    },
  }
}

/** At every start but the first, one bit of an old entry is another one. */
function rewritingAtRestart(): Seams {
  return {
    beforeStart(disk) {
      const [first, second, ...rest] = disk.tables.entries
      if (first === undefined || second === undefined || rest.length < 3) return
      const leaf = second.leaf.slice()
      leaf[20] = (leaf[20] ?? 0) ^ 1
      if (equalBytes(leaf, second.leaf)) return
      disk.tables = { ...disk.tables, entries: [first, { ...second, leaf }, ...rest] }
    },
  }
}

/** Which exchanges were answered is kept in memory only. */
function forgettingExchanges(): Seams {
  return {
    beforeStart(disk) {
      const tables = copyTables(disk.tables)
      tables.exchanges.clear()
      tables.answerKeys.clear()
      disk.tables = tables
    },
  }
}

/** The error of a commit is swallowed: what was prepared is handed out all the same. */
function swallowing(store: Store): Store {
  return {
    async transaction(work) {
      const prepared: Awaited<ReturnType<typeof work>>[] = []
      try {
        return await store.transaction(async (tx) => {
          const result = await work(tx)
          prepared.push(result)
          return result
        })
      } catch (cause) {
        const [result] = prepared
        if (result === undefined) throw cause
        return result
      }
    },
  }
}

/** The same transactions, with some calls changed. */
function changing(
  { store, ...rest }: GatewayStores,
  change: (tx: ExchangeTransaction) => Partial<ExchangeTransaction>,
): GatewayStores {
  return {
    ...rest,
    store: { transaction: (work) => store.transaction((tx) => work({ ...tx, ...change(tx) })) },
  }
}

const unused = {
  capUse: {
    officialToday: 0,
    caseSubjects: 0,
    caseHasSubject: false,
    caseLocatingTries: 0,
    distinctSubjects30d: 0,
    subjectCountedAlready: false,
    subject30d: 0,
    emergencyOfficial30d: 0,
    emergencyAgreement30d: 0,
  },
  ceilings: {
    agreementSubjects30Days: 1,
    agreementSubjectsYear: 1,
    consumerSubjects30Days: 1,
    consumerSubjectsYear: 1,
    thresholdsPerSubject: 1,
  },
}

/** Counters are written and never read. */
function blindToCaps(stores: GatewayStores): GatewayStores {
  const capUse = (): Promise<typeof unused> => Promise.resolve(unused)
  const changed = changing(stores, () => ({ capUse }))
  return { ...changed, reader: { ...changed.reader, capUse } }
}

/** A suspension is an entry, and nothing more. */
function deafToSuspensions(stores: GatewayStores): GatewayStores {
  const events =
    (from: Pick<ExchangeTransaction, 'agreementEvents'>): ExchangeTransaction['agreementEvents'] =>
    async (digest) =>
      (await from.agreementEvents(digest)).filter(({ kind }) => kind === 'agreement.published')
  const changed = changing(stores, (tx) => ({ agreementEvents: events(tx) }))
  return { ...changed, reader: { ...changed.reader, agreementEvents: events(stores.reader) } }
}

function writing(commit: (intent: PersonIntent, writer: PersonWriter) => unknown): Seams {
  return {
    writer: (writer) => ({
      commit: async (intent) => {
        await commit(intent, writer)
        return writer.commit(intent)
      },
    }),
  }
}

/** Every question leaves a second entry, under an id that nobody sent. */
function inventing(): Seams {
  let place = 0
  return writing(async (intent, writer) => {
    if (intent.type !== 'question') return
    place += 1
    const exchangeId = makeExchangeId(new Uint8Array(16).fill(place))
    const value = `invented ${place}`
    const question = { ...intent.question, exchangeId }
    await writer.commit({ ...intent, question, nonce: { ...intent.nonce, value } })
  })
}

/** The outcome is handed out although "received" was never written. */
function skippingReceived(): Seams {
  return {
    writer: (writer) => ({
      commit: (intent) =>
        intent.type === 'received'
          ? Promise.resolve({ type: 'received', state: 'new', index: 0 })
          : writer.commit(intent),
    }),
  }
}

/** The fifteenth commit of each life never ends. */
function hanging(): Seams {
  return {
    writer: (writer) => {
      let count = 0
      return {
        commit: (intent) => {
          count += 1
          return count < 15 ? writer.commit(intent) : new Promise(() => undefined)
        },
      }
    },
  }
}

/** The register is asked about the next person. */
const mixingUp: NonNullable<Seams['register']> = ({ register, ...rest }) => ({
  ...rest,
  register: {
    ...register,
    lookUp: (subject, elements) => {
      const next = (simSubjects.indexOf(subject.value) + 3) % simSubjects.length
      return register.lookUp({ ...subject, value: simSubjects[next] ?? '' }, elements)
    },
  },
})

/** One bug at least for each oracle. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    oracle: 'I1',
    title: 'a store that acknowledges before it is durable',
    in: 'tax',
    seams: () => ({ stores: (stores) => ({ ...stores, store: acknowledgingEarly(stores) }) }),
  },
  {
    oracle: 'I2',
    title: 'an outcome handed out without "received"',
    in: 'housing',
    seams: skippingReceived,
  },
  {
    oracle: 'I3',
    title: 'a sequencer that runs twice after a rollback',
    in: 'housing',
    seams: () => ({
      stores: (stores) => ({ ...stores, store: sequencingTwice(stores) }),
      audit: forgivingAudit,
    }),
  },
  {
    oracle: 'I4',
    title: 'an entry that is rewritten at a restart',
    in: 'tax',
    seams: rewritingAtRestart,
  },
  {
    oracle: 'I5',
    title: 'counters that are written and never read',
    in: 'tax',
    seams: () => ({ stores: blindToCaps }),
  },
  {
    oracle: 'I7',
    title: 'an exchange store that forgets at a restart',
    in: 'tax',
    seams: forgettingExchanges,
  },
  {
    oracle: 'I8',
    title: 'a suspension that nothing reads',
    in: 'tax',
    seams: () => ({ stores: deafToSuspensions }),
  },
  {
    oracle: 'I9',
    title: 'a register that is asked about somebody else',
    in: 'tax',
    seams: () => ({ register: mixingUp }),
  },
  {
    oracle: 'I11',
    title: 'an entry about a question that nobody sent',
    in: 'tax',
    seams: inventing,
  },
  {
    oracle: 'I12',
    title: 'a writer that hangs',
    in: 'housing',
    seams: hanging,
  },
  {
    oracle: 'I14',
    title: 'a commit that is acknowledged before the head store has its head',
    in: 'tax',
    seams: () => ({ stores: recordingLate }),
  },
]

/** Bugs that need one fault at one place, and so have rows of the fault matrix. */
export const matrixBugs: readonly PlantedBug[] = [
  {
    oracle: 'I14',
    title: 'an answer that leaves although its commit failed',
    in: 'tax',
    seams: () => ({ aboveStore: swallowing }),
  },
  {
    oracle: 'I14',
    title: 'a head store whose errors nobody hears',
    in: 'tax',
    seams: () => ({ stores: deafToHeadStore }),
  },
  {
    oracle: 'I1',
    title: 'a swap whose error nobody hears',
    in: 'tax',
    seams: () => ({ stores: blindToSwap }),
  },
]
