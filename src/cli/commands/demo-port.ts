import { InvalidArgumentError } from 'commander'

/** Reads the first port of a demo from its option: 1024 to 65000. */
export function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < 1024 || port > 65_000) {
    throw new InvalidArgumentError(
      'a port from 1024 to 65000 is needed; the demo uses about 130 ports above it.',
    )
  }
  return port
}
