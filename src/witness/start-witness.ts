import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { bestEd25519, nodeMlDsa44, systemClock, systemRandomness } from '../platform/index.ts'
import { openWitnessStore } from '../storage/witness/index.ts'
import type { ForkEvidence } from './add-checkpoint.ts'
import type { LoadedWitnessConfig } from './config.ts'
import { groupedStore } from './grouped-store.ts'
import { createWitnessApp } from './witness-app.ts'
import { WitnessError } from './witness-error.ts'

/** A witness that listens; disposing stops it and closes its store. */
export interface RunningWitness extends AsyncDisposable {
  readonly port: number
}

/**
 * Starts a witness: opens its store, then listens. The store is made at the first start and never
 * again: a mark beside it tells that there was one, since a witness that lost its memory would
 * cosign a fork.
 *
 * @throws {@link WitnessError} `STORE_GONE`; `StorageError` when the store cannot be opened
 */
export async function startWitness(
  config: LoadedWitnessConfig,
  onFork: (evidence: ForkEvidence) => void,
): Promise<RunningWitness> {
  const { name, seed, mlDsaSeed, logs, host, port, limits } = config
  const store = await openStore(config.storePath)
  const deps = {
    logs,
    signer: { name, seed },
    store: groupedStore(store),
    clock: systemClock,
    ed25519: bestEd25519(),
    onFork,
    ...(mlDsaSeed === undefined ? {} : { treeSigner: { seed: mlDsaSeed, mlDsa44: nodeMlDsa44 } }),
    ...(config.grease ? { grease: systemRandomness } : {}),
  }
  const bounds = { connections: limits.connections, bodyBytes: limits.body_bytes }
  const app = createWitnessApp(deps, bounds)
  try {
    await app.listen({ host, port })
  } catch (cause) {
    store[Symbol.dispose]()
    throw cause
  }
  return {
    port: portOf(app),
    async [Symbol.asyncDispose]() {
      await app.close()
      store[Symbol.dispose]()
    },
  }
}

async function openStore(path: string): Promise<ReturnType<typeof openWitnessStore>> {
  const mark = `${path}.made`
  if (existsSync(mark) && !existsSync(path)) {
    throw new WitnessError(
      'STORE_GONE',
      `The store ${path} is gone. A witness without its memory would cosign forks: put the newest ` +
        `copy back, or start a new witness with a new name and key.`,
    )
  }
  const store = openWitnessStore(path, { create: !existsSync(mark) })
  if (!existsSync(mark)) await writeMark(mark)
  return store
}

async function writeMark(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o644)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new TypeError('not listening on TCP')
  return address.port
}
