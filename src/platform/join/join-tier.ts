import type { JoinGroup } from '../../crypto/index.ts'

/** One implementation of the join's group. */
export interface JoinTier {
  readonly name: 'avx512' | 'avx2' | 'sodium' | 'noble'
  readonly group: JoinGroup
}
