/** Tells the time. The only source of time in the core; the simulator turns it by hand. */
export interface Clock {
  /** Milliseconds since the Unix epoch, an integer. May jump in either direction. */
  now(): number
}
