import type { IncomingMessage } from 'node:http'

/** How long a body may take, from its head on, in milliseconds. */
const usualMs = 30_000

/** Ends connections whose request does not come to its end in time. */
export interface BodyDeadline {
  /** From here on the body has its usual time. */
  begin(request: IncomingMessage): void
  /** Somebody known has signed for a body that may be long: silence and the server's own bound alone end it. */
  lift(request: IncomingMessage): void
}

/** The deadline of a public listener. A request that is there as a whole is never ended. */
export function bodyDeadline(timeMs: number = usualMs): BodyDeadline {
  const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()
  return {
    begin(request) {
      if (request.complete) return
      const timer = setTimeout(() => {
        if (!request.complete) request.destroy()
      }, timeMs)
      timer.unref()
      timers.set(request, timer)
      request.once('close', () => clearTimeout(timer))
    },
    lift: (request) => clearTimeout(timers.get(request)),
  }
}
