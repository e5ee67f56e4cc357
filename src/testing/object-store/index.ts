export { fakeObjectStore } from './fake-object-store.ts'
export type { FakeObjectStore, ObjectFault } from './fake-object-store.ts'
