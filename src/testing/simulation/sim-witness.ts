import { utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { VerifierKey } from '../../log/verify/index.ts'
import type { Clock, HttpRequest, HttpResponse } from '../../ports/index.ts'
import { addCheckpoint, type WitnessDeps, type WitnessStore } from '../../witness/index.ts'
import type { PortCall } from '../memory-store/index.ts'
import type { ProcessLife, SimServer } from '../simulator/index.ts'
import { simWitness } from './sim-organisation.ts'

/** What the witness remembers through its crashes. */
export type WitnessDisk = Map<string, { readonly size: number; readonly note: string }>

function witnessStore(disk: WitnessDisk, call: PortCall): WitnessStore {
  return {
    latest: (origin) => call('latest', () => disk.get(origin)),
    swap: (origin, previousSize, next) =>
      call('swap', () => {
        if ((disk.get(origin)?.size ?? 0) !== previousSize) return 'conflict'
        disk.set(origin, next)
        return 'swapped'
      }),
  }
}

async function reply(request: HttpRequest, deps: WitnessDeps): Promise<HttpResponse> {
  const { status, contentType, body } = await addCheckpoint(request.body ?? new Uint8Array(), deps)
  return {
    status,
    headers: { 'content-type': contentType ?? 'text/plain; charset=utf-8' },
    body: utf8(body),
  }
}

/** One life of the witness: the real judgement in front of a disk that fails and a process that dies. */
export function simWitnessServer(
  life: ProcessLife,
  world: {
    readonly disk: WitnessDisk
    readonly clock: Clock
    readonly logs: readonly VerifierKey[]
    readonly ed25519: Ed25519
    /** Evidence that a log has signed two trees of one size. */
    readonly onFork: (origin: string) => void
  },
): SimServer {
  const { disk, clock, logs, ed25519, onFork } = world
  const deps: WitnessDeps = {
    logs: new Map(logs.map((key) => [key.name, [key]])),
    signer: simWitness,
    store: witnessStore(disk, life.device('witness')),
    clock,
    ed25519,
    onFork: ({ origin }) => onFork(origin),
  }
  return { life, receive: (request) => reply(request, deps) }
}
