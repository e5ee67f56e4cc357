/** Waits. The only way for the core to let time pass; the simulator decides when it has. */
export interface Timers {
  /** Resolves after at least `ms` milliseconds. Never rejects. */
  sleep(ms: number): Promise<void>
}
