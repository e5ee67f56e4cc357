/** A process that sends what it is given, as fast as the provider takes it, and counts what comes back. */
import { Agent } from 'node:http'
import { decodeBase64, decodeUtf8 } from '../../bytes/index.ts'
import { useDigests } from '../../crypto/index.ts'
import { personQuestionPath } from '../../person/index.ts'
import { bestEd25519, nativeDigests, systemClock, systemRandomness } from '../../platform/index.ts'
import { signRequest } from '../../protocol/index.ts'
import { sendOnce, type WireReply } from '../world/wire.ts'
import type { AttackerOrder, AttackerReply, AttackerReport } from './attacker-messages.ts'

const ed25519 = bestEd25519()

function codeOf({ body }: WireReply): string {
  const said = JSON.parse(decodeUtf8(body)) as { readonly code?: string; readonly cap?: string }
  return [said.code ?? 'NO_CODE', ...(said.cap === undefined ? [] : [said.cap])].join(' ')
}

async function attack(order: AttackerOrder): Promise<AttackerReport> {
  const { authority, keyId, bodies, connections } = order
  const seed = decodeBase64(order.gatewaySeed)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const refused: Record<string, number> = {}
  let answered = 0
  let next = 0
  async function sendNext(): Promise<void> {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const request = {
        method: 'POST',
        authority,
        path: personQuestionPath,
        contentType: 'application/json',
        body,
      }
      const nonce = systemRandomness.bytes(16)
      const createdAtMs = systemClock.now()
      const headers = signRequest(request, { key: { keyId, seed }, createdAtMs, nonce, ed25519 })
      const reply = await sendOnce(authority, { headers, body, agent })
      const code = reply.status === 200 ? undefined : codeOf(reply)
      if (code === undefined) answered += 1
      else refused[code] = (refused[code] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: connections }, sendNext))
  agent.destroy()
  return { pid: process.pid, answered, refused }
}

function post(reply: AttackerReply): void {
  process.send?.(reply)
}

useDigests(nativeDigests)
process.on('message', (order: AttackerOrder) => {
  attack(order).then(
    (report) => post({ type: 'report', report }),
    (cause: unknown) => post({ type: 'failed', reason: String(cause) }),
  )
})
process.on('disconnect', () => process.exit(0))
post({ type: 'ready' })
