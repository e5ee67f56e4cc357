import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { sendOnce } from '../wire/wire-client.ts'
import { askingConsumer } from '../fault/asking-consumer.ts'
import type { ConsumerSecrets } from '../fault/provider-fixture.ts'

/** What one racing client is started with. */
export interface CapsClientSettings {
  readonly secretsFile: string
  readonly connections: number
}

/** Questions to deliver, canonical; each until it has a reply. */
export type CapsClientWork = readonly Uint8Array[]

/** What a racing client says when all of its work has replies. */
export interface CapsClientReport {
  /** Deliveries without a reply, each sent again. */
  readonly broken: number
  /** Replies by code; an answer is `permit`. */
  readonly codes: Readonly<Record<string, number>>
}

function race({ secretsFile, connections }: CapsClientSettings): void {
  const secrets: ConsumerSecrets = JSON.parse(readFileSync(secretsFile, 'utf8'))
  const consumer = askingConsumer(secrets)

  /** The code of the reply, or nothing when the gateway is away or dies. */
  async function tryOnce(body: Uint8Array): Promise<string | undefined> {
    try {
      const headers = consumer.sign(body)
      const reply = await sendOnce(secrets.authority, { headers, body })
      const { code = 'permit' } = JSON.parse(reply.body)
      return reply.status === 503 ? undefined : code
    } catch {
      return undefined
    }
  }

  async function deliverAll(bodies: CapsClientWork): Promise<CapsClientReport> {
    const left = [...bodies]
    const codes: Record<string, number> = {}
    let broken = 0
    const work = async (): Promise<void> => {
      for (let body = left.pop(); body !== undefined; body = left.pop()) {
        let code = await tryOnce(body)
        for (; code === undefined; code = await tryOnce(body)) {
          broken += 1
          await sleep(200)
        }
        codes[code] = (codes[code] ?? 0) + 1
      }
    }
    await Promise.all(Array.from({ length: connections }, work))
    return { broken, codes }
  }

  async function answer(bodies: CapsClientWork): Promise<void> {
    parentPort?.postMessage(await deliverAll(bodies))
  }
  parentPort?.on('message', (bodies: CapsClientWork) => void answer(bodies))
}

if (!isMainThread) race(workerData)
