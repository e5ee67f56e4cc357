import type { LogSource } from '../log-source.ts'
import type { Sha256 } from '../tree-hasher.ts'
import type { EpochHistory } from './epoch-history.ts'
import type { LogEnding } from './log-ending.ts'
import type { ProblemList } from './log-problem.ts'
import type { RecordHistory } from './record-history.ts'

/** One verification under way: what is read, against which signed tree, and what was found. */
export interface Audit {
  readonly source: LogSource
  readonly size: number
  /** The signed root, 32 bytes. */
  readonly root: Uint8Array
  readonly problems: ProblemList
  readonly sha256: Sha256
  readonly ending: LogEnding
  readonly epochs: EpochHistory
  /** Left out: the log's own rules alone. */
  readonly history: RecordHistory | undefined
}

/** Hashes of one tile, 32 bytes each. */
export interface Row {
  readonly level: number
  readonly index: number
  /** 1 to 256. */
  readonly width: number
  readonly hashes: Uint8Array
  /** Whether the hashes follow from the signed root. If not, a problem was reported already. */
  readonly proven: boolean
}
