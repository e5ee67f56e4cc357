import { readFileSync } from 'node:fs'

/** One sync of a file, or bytes that left through a socket, in the order of the trace. */
export type TracedCall =
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'reply'; readonly status: number }

/**
 * Arguments of strace that make a file which {@link readTrace} reads; threads included. The tracer is no
 * parent of what it traces, so signals to the child go to Node.
 */
export function traceArguments(strace: string, traceFile: string): readonly string[] {
  const calls = 'trace=fsync,fdatasync,write,writev,sendto'
  return [strace, '-D', '-f', '-qq', '-y', '-s', '16', '-e', calls, '-o', traceFile]
}

const sync = /\bf(?:data)?sync\(\d+<([^>]*)>/
const reply = /\b(?:write|writev|sendto)\(\d+<(?:socket|TCP)[^>]*>.*"HTTP\/1\.1 (\d{3})/

/** Reads what a process and its threads synced and answered; a call counts where it began. */
export function readTrace(traceFile: string): readonly TracedCall[] {
  const calls: TracedCall[] = []
  for (const line of readFileSync(traceFile, 'utf8').split('\n')) {
    const [, file] = sync.exec(line) ?? []
    const [, status] = reply.exec(line) ?? []
    if (file !== undefined) calls.push({ kind: 'sync', file })
    if (status !== undefined) calls.push({ kind: 'reply', status: Number(status) })
  }
  return calls
}

/** What {@link holdSyncs} found. */
export interface SyncReport {
  readonly answers: number
  readonly stateSyncs: number
  readonly headSyncs: number
  /** One sentence for each answer that left too early; empty when each was durable first. */
  readonly problems: readonly string[]
}

/**
 * Holds a trace of questions that were asked one after the other against the law: between any two
 * answers the state store and the head store have both been synced, in this order.
 */
export function holdSyncs(calls: readonly TracedCall[]): SyncReport {
  const problems: string[] = []
  const synced = { state: 0, head: 0 }
  let answers = 0
  let stage: 'nothing' | 'state' | 'both' = 'nothing'
  for (const call of calls) {
    if (call.kind === 'sync') {
      const store = storeOf(call.file)
      if (store !== undefined) synced[store] += 1
      if (store === 'state' && stage === 'nothing') stage = 'state'
      if (store === 'head' && stage === 'state') stage = 'both'
    } else if (call.status === 200) {
      answers += 1
      if (stage !== 'both') problems.push(`answer ${answers} left after ${stage} was synced`)
      stage = 'nothing'
    }
  }
  const { state: stateSyncs, head: headSyncs } = synced
  problems.push(...tooFew(stateSyncs, answers, 'state'), ...tooFew(headSyncs, answers, 'head'))
  return { answers, stateSyncs, headSyncs, problems }
}

function storeOf(file: string): 'state' | 'head' | undefined {
  if (/\bstate\.db-wal$/.test(file)) return 'state'
  return /\bhead\.db-wal$/.test(file) ? 'head' : undefined
}

function tooFew(syncs: number, answers: number, store: string): readonly string[] {
  return syncs < answers ? [`${syncs} syncs of the ${store} store, ${answers} answers`] : []
}
