/** Resolves when a signal asks the program to stop. */
export function untilSignal(): Promise<'stopped'> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('stopped'))
    process.once('SIGINT', () => resolve('stopped'))
  })
}
