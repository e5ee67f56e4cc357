/**
 * Carries one call of a port. A store, a file or a clock does what it does inside `effect`; whoever
 * carries the call decides when that is, whether it fails, and whether the caller lives to hear of it.
 */
export type PortCall = <Result>(point: string, effect: () => Result) => Promise<Result>

/** Carries every call at once and without a fault. */
export const directCall: PortCall = async (_point, effect) => effect()
