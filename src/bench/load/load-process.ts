/** The process that makes and sends the load: no part of it shares a thread with what is measured. */
import { readFileSync } from 'node:fs'
import { useDigests } from '../../crypto/index.ts'
import { bestEd25519, nativeDigests, systemClock, systemRandomness } from '../../platform/index.ts'
import { askMaker } from './ask-maker.ts'
import { type LoopReport, runClosedLoop } from './closed-loop.ts'
import type { LoadOrder, LoadReply, LoadRequest, LoadTarget, RoundReport } from './load-messages.ts'
import { lookupMaker } from './lookup-maker.ts'
import type { PreparedRequest, RequestMaker } from './prepared-request.ts'
import { questionMaker } from './question-maker.ts'

/** Written by the benchmark that forked this process. */
function targetIn(file: string): LoadTarget {
  return JSON.parse(readFileSync(file, 'utf8')) as LoadTarget
}

function makerFor(target: LoadTarget): RequestMaker {
  if (target.kind === 'rival') return lookupMaker(target.target)
  if (target.kind === 'consumer')
    return askMaker(target.target, systemRandomness, () => systemClock.now())
  const deps = { clock: systemClock, randomness: systemRandomness, ed25519: bestEd25519() }
  return questionMaker(target.trust, deps)
}

function judged({ sampled, ...rest }: LoopReport): RoundReport {
  const faults = sampled.flatMap(({ request, response }) => request.check?.(response) ?? [])
  return { ...rest, checked: sampled.length, faults }
}

function post(reply: LoadReply): void {
  process.send?.(reply)
}

useDigests(nativeDigests)
const target = targetIn(process.argv[2] ?? '')
const maker = makerFor(target)
let order: LoadOrder | undefined
let requests: readonly PreparedRequest[] = []

async function take(message: LoadRequest): Promise<void> {
  if (message.type === 'make') {
    order = message.order
    requests = await maker.make(order.requests)
    post({ type: 'made' })
    return
  }
  if (order === undefined) throw new TypeError('nothing was ordered')
  const certificate = target.kind === 'consumer' ? target.target.certificate : undefined
  const plan = { ...order, to: { host: '127.0.0.1', port: target.port, certificate } }
  const report = judged(await runClosedLoop(requests, plan))
  requests = []
  post({ type: 'sent', report })
}

process.on('message', (message: LoadRequest) => {
  take(message).catch((cause: unknown) => {
    post({ type: 'failed', reason: cause instanceof Error ? cause.message : 'unknown reason' })
  })
})
process.on('disconnect', () => process.exit(0))
post({ type: 'ready' })
