/** Names of all implementations of a `JoinGroup`, the fastest first; a machine may have fewer, and always the last. */
export const joinTierNames = ['avx512', 'avx2', 'sodium', 'noble'] as const

/** One of them. */
export type JoinTierName = (typeof joinTierNames)[number]
