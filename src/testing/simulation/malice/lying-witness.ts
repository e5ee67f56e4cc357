import { utf8 } from '../../../bytes/index.ts'
import type { Ed25519 } from '../../../crypto/index.ts'
import { cosign, formatCheckpoint } from '../../../log/index.ts'
import type { Clock, HttpRequest, HttpResponse } from '../../../ports/index.ts'
import { parseAddCheckpoint } from '../../../witness/index.ts'
import type { SimServer } from '../../simulator/index.ts'
import { simWitness } from '../sim-organisation.ts'
import type { Malice } from './malice.ts'

/** What a lying witness works with. */
export interface LyingWitnessDeps {
  readonly malice: Malice | undefined
  readonly clock: Clock
  readonly ed25519: Ed25519
  readonly trueMs: () => number
}

function text(status: number, body: string, contentType = 'text/plain'): HttpResponse {
  return { status, headers: { 'content-type': contentType }, body: utf8(body) }
}

/** A cosignature of whatever was submitted, without a look at it. */
function signAnything(request: HttpRequest, timeMs: number, ed25519: Ed25519): HttpResponse {
  const submitted = parseAddCheckpoint(request.body ?? new Uint8Array())
  if (submitted === undefined) return text(400, 'malformed')
  const note = formatCheckpoint(submitted.checkpoint)
  return text(200, cosign(note, { ...simWitness, timeSeconds: Math.floor(timeMs / 1000) }, ed25519))
}

/** A day before and ten years after: both are wrong, and either could help somebody. */
const wrongTimesMs = [-86_400_000, 315_360_000_000] as const

/** The witness as its malice has it; an honest one stays as it is. */
export function lyingWitness(honest: SimServer, deps: LyingWitnessDeps): SimServer {
  const { malice, clock, ed25519 } = deps
  let asked = 0
  async function receive(request: HttpRequest): Promise<HttpResponse> {
    asked += 1
    const oldSize = parseAddCheckpoint(request.body ?? new Uint8Array())?.oldSize ?? 0
    switch (malice?.witness) {
      case undefined:
        return honest.receive(request)
      case 'signs anything':
        return signAnything(request, clock.now(), ed25519)
      case 'forgets and signs a rollback':
        // It knows of nothing, so any tree is the first one, and needs no proof.
        return oldSize === 0
          ? signAnything(request, clock.now(), ed25519)
          : text(409, '0\n', 'text/x.tlog.size')
      case 'answers 409 with lies':
        return text(409, `${asked % 2 === 0 ? 1_000_000 : 1}\n`, 'text/x.tlog.size')
      case 'cosigns with a wrong time':
        return signAnything(request, clock.now() + (wrongTimesMs[asked % 2] ?? 0), ed25519)
      case 'stays silent':
        return new Promise(() => undefined)
    }
  }
  return { life: honest.life, receive }
}
