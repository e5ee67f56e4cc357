import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createHeadStore,
  createStateStore,
  openHeadStore,
  openStateReader,
  openStateStore,
} from '../storage/sqlite/index.ts'
import {
  directCall,
  memoryDisk,
  memoryHeadStore,
  memoryReader,
  memoryStateStore,
} from './memory-store/index.ts'
import { stateStoreContract, type StoresUnderTest } from './state-store-contract.ts'

function openMemory(): StoresUnderTest {
  const disk = memoryDisk()
  return {
    store: memoryStateStore(disk, directCall),
    reader: memoryReader(() => disk.tables, directCall),
    headStore: memoryHeadStore(disk, directCall),
    [Symbol.dispose]: () => undefined,
  }
}

function openSqlite(): StoresUnderTest {
  using stack = new DisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'cloison-contract-'))
  stack.defer(() => rmSync(folder, { recursive: true }))
  const [state, head] = [join(folder, 'state.db'), join(folder, 'head.db')]
  createStateStore(state)
  createHeadStore(head)
  const store = stack.use(openStateStore(state))
  const reader = stack.use(openStateReader(state))
  const headStore = stack.use(openHeadStore(head))
  const owned = stack.move()
  return { store, reader, headStore, [Symbol.dispose]: () => owned.dispose() }
}

stateStoreContract('memory', openMemory)
stateStoreContract('SQLite', openSqlite)
