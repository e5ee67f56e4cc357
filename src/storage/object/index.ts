export { objectFiles } from './object-files.ts'
export type { ObjectStoreDeps, ObjectStoreSettings } from './object-requests.ts'
export { ObjectStoreError } from './object-store-error.ts'
export type { ObjectStoreErrorCode } from './object-store-error.ts'
