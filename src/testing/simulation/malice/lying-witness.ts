import { utf8 } from '../../../bytes/index.ts'
import type { Ed25519 } from '../../../crypto/index.ts'
import { cosign, formatCheckpoint } from '../../../log/index.ts'
import type { Clock, HttpRequest, HttpResponse } from '../../../ports/index.ts'
import { parseAddCheckpoint } from '../../../witness/index.ts'
import type { SimServer } from '../../simulator/index.ts'
import { simWitness } from '../sim-organisation.ts'
import type { Malice, WitnessLie } from './malice.ts'

/** What a lying witness works with. */
export interface LyingWitnessDeps {
  readonly malice: Malice | undefined
  readonly clock: Clock
  readonly ed25519: Ed25519
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

/** What a lie works with: when it is told, and how many requests came before. */
interface Lie extends Pick<LyingWitnessDeps, 'clock' | 'ed25519'> {
  readonly request: HttpRequest
  readonly oldSize: number
  readonly asked: number
}

const lies: Readonly<Record<WitnessLie, (lie: Lie) => Promise<HttpResponse>>> = {
  'signs anything': async ({ request, clock, ed25519 }) =>
    signAnything(request, clock.now(), ed25519),
  // It knows of nothing, so any tree is the first one, and needs no proof.
  'forgets and signs a rollback': async ({ request, oldSize, clock, ed25519 }) =>
    oldSize === 0
      ? signAnything(request, clock.now(), ed25519)
      : text(409, '0\n', 'text/x.tlog.size'),
  'answers 409 with lies': async ({ asked }) =>
    text(409, `${asked % 2 === 0 ? 1_000_000 : 1}\n`, 'text/x.tlog.size'),
  'cosigns with a wrong time': async ({ request, clock, ed25519, asked }) =>
    signAnything(request, clock.now() + (wrongTimesMs[asked % 2] ?? 0), ed25519),
  'stays silent': () => new Promise(() => undefined),
}

/** The witness as its malice has it; an honest one stays as it is. */
export function lyingWitness(honest: SimServer, deps: LyingWitnessDeps): SimServer {
  const { malice, clock, ed25519 } = deps
  const kind = malice?.witness
  if (kind === undefined) return honest
  let asked = 0
  return {
    life: honest.life,
    receive(request) {
      asked += 1
      const { oldSize = 0 } = parseAddCheckpoint(request.body ?? new Uint8Array()) ?? {}
      return lies[kind]({ request, oldSize, asked, clock, ed25519 })
    },
  }
}
