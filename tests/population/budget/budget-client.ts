import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUtf8, utf8 } from '../../../src/bytes/index.ts'
import { loadConfig, ownListener, readTokenFile } from '../../../src/node/index.ts'
import { populationAnswerSchema } from '../../../src/population/index.ts'

/** What one client process asks. */
export interface ClientWork {
  readonly config: string
  readonly agreement: string
  readonly queries: readonly unknown[]
}

/** How often each outcome came: `released`, or the code of a refusal or problem. */
export type ClientReport = Readonly<Record<string, number>>

const limits = { timeoutMs: 60_000, maxResponseBytes: 8_388_608 }

/** Asks all of them at once, each until it has an outcome. */
async function askAll({ config, agreement, queries }: ClientWork): Promise<ClientReport> {
  const loaded = await loadConfig(config)
  const { url, http } = await ownListener(loaded)
  await using _http = http
  const token = await readTokenFile(loaded.at('keys/analyse.token'))
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const outcomes: Record<string, number> = {}
  const askOne = async (query: unknown): Promise<string> => {
    let exchangeId: string | undefined
    for (;;) {
      const body = utf8(JSON.stringify({ agreement, analyst: 'racer', query, exchangeId }))
      const request = { method: 'POST' as const, url: `${url}/v1/statistics`, headers, body }
      const response = await http.send({ ...request, ...limits }).catch(() => undefined)
      // So many handshakes at once take their time, and a question without an outcome costs nothing to ask again.
      if (response === undefined || response.status === 503) {
        await sleep(200)
        continue
      }
      const json: unknown = JSON.parse(decodeUtf8(response.body))
      if (response.status !== 200) return `problem ${response.status}: ${JSON.stringify(json)}`
      const answer = populationAnswerSchema.parse(json)
      if (answer.state === 'released') return 'released'
      if (answer.state === 'refused') return answer.code
      ;({ exchangeId } = answer)
    }
  }
  const ended = await Promise.all(queries.map((query) => askOne(query)))
  for (const one of ended) outcomes[one] = (outcomes[one] ?? 0) + 1
  return outcomes
}

process.once('message', (work: ClientWork) => {
  void askAll(work).then((report) => process.send?.(report, () => process.disconnect()))
})
