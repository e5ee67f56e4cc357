import type { HttpClient } from '../../ports/index.ts'
import { readOwnCheckpoint, signerOf } from '../note/index.ts'
import { addCheckpoint, type Witness, type WitnessReply } from './witness-client.ts'

/** What asking one witness came to. */
export type WitnessOutcome =
  /** Cosigned; the lines are verified. */
  | { readonly outcome: 'cosigned'; readonly lines: readonly string[] }
  /** It has cosigned a larger tree than this log's: this log was put back to an older state. */
  | { readonly outcome: 'ahead'; readonly size: number }
  /** It answered 200, but no line is a good cosignature of a key that is known as its own. */
  | { readonly outcome: 'unverified' }
  | Exclude<WitnessReply, { readonly outcome: 'lines' | 'conflict' }>

/** What asking all witnesses came to. */
export interface Cosignatures {
  /** Verified signature lines, one a signer, in the order of the witnesses. */
  readonly lines: readonly string[]
  /** One a witness, in their order. */
  readonly outcomes: readonly { readonly witness: Witness; readonly result: WitnessOutcome }[]
}

/** What collecting cosignatures needs from outside. */
export interface CosignatureDeps {
  readonly http: HttpClient
  readonly witnesses: readonly Witness[]
  /** The consistency proof between two sizes of this log. */
  proof(from: number, to: number): Promise<readonly Uint8Array[]>
  /**
   * Whether `line` is a good cosignature of `checkpoint` by a configured key of `witness`. False for
   * lines of unknown keys (witnesses add such lines on purpose). Never throws.
   */
  accept(line: string, checkpoint: string, witness: Witness): boolean
  /** For each request. */
  readonly timeoutMs: number
}

/** Asks witnesses, and remembers how far each has come. */
export interface CosignatureCollector {
  /**
   * Asks all witnesses at once to cosign a checkpoint of this log. A witness that names another last
   * size is asked once more with the proof from there. Rejects only when `proof` does.
   */
  collect(checkpoint: string): Promise<Cosignatures>
}

/** A collector for one log. */
export function cosignatureCollector(deps: CosignatureDeps): CosignatureCollector {
  /** The last cosigned size of each witness, by URL: a guess that saves a round trip. */
  const sizes = new Map<string, number>()

  async function ask(
    witness: Witness,
    checkpoint: string,
    { from, size }: { readonly from: number; readonly size: number },
  ): Promise<WitnessReply> {
    const proof = from === 0 ? [] : await deps.proof(from, size)
    return addCheckpoint(witness, { oldSize: from, proof, checkpoint }, deps)
  }

  async function collectOne(witness: Witness, checkpoint: string): Promise<WitnessOutcome> {
    const { size } = readOwnCheckpoint(checkpoint)
    const from = Math.min(sizes.get(witness.url) ?? 0, size)
    let reply = await ask(witness, checkpoint, { from, size })
    if (reply.outcome === 'conflict' && reply.size <= size) {
      reply = await ask(witness, checkpoint, { from: reply.size, size })
    }
    if (reply.outcome === 'conflict') return conflictOf(reply.size, size)
    if (reply.outcome !== 'lines') return reply
    const lines = onePerSigner(reply.lines.filter((line) => deps.accept(line, checkpoint, witness)))
    if (lines.length === 0) return { outcome: 'unverified' }
    sizes.set(witness.url, size)
    return { outcome: 'cosigned', lines }
  }

  return {
    async collect(checkpoint) {
      const results = await Promise.all(
        deps.witnesses.map((witness) => collectOne(witness, checkpoint)),
      )
      const outcomes = deps.witnesses.flatMap((witness, i) => {
        const result = results[i]
        return result === undefined ? [] : [{ witness, result }]
      })
      const lines = results.flatMap((result) => (result.outcome === 'cosigned' ? result.lines : []))
      return { lines: onePerSigner(lines), outcomes }
    },
  }
}

/** The last line of every signer, in the order in which signers first appear. */
export function onePerSigner(lines: readonly string[]): readonly string[] {
  return [...new Map(lines.map((line) => [signerOf(line), line])).values()]
}

/** A second conflict at or below this size means that somebody else submits for this log too. */
function conflictOf(witnessSize: number, size: number): WitnessOutcome {
  return witnessSize > size
    ? { outcome: 'ahead', size: witnessSize }
    : { outcome: 'refused', status: 409 }
}
