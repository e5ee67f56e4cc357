export { requireReadable, upgradeStore } from './upgrade-store.ts'
