import type { LogWorld } from './log-world.ts'

/** What the publishing thread is started with. */
export type PublishingStart = Pick<LogWorld, 'published'> & {
  readonly statePath: string
  readonly policyFile: string
}

/** What the publishing thread says: the size that is on disk, with every tile, bundle and partial. */
export type PublishingReply =
  | { readonly type: 'ready' }
  | { readonly type: 'published'; readonly size: number }
  | { readonly type: 'failed'; readonly reason: string }
