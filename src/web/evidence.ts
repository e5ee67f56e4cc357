import type { SubjectChain } from '../log/verify/index.ts'
import type { Disclosure, LogBackend, LogHead } from './demo-backend.ts'
import { receiptTree } from './receipt-tree.ts'

interface EvidenceOfEntry {
  readonly atMs: number
  readonly consumer: string
  readonly purpose: string
  readonly legalBasis: readonly string[]
  readonly entryIndex: number
  readonly origin: string
  /** Base64, 34 bytes. */
  readonly leaf: string
  /** C2SP tlog-proof text. */
  readonly proof: string
  /**
   * Base64 hashes that join the receipt's tree and the published head's, the smaller being the
   * start of the larger; `null` when they could not be had.
   */
  readonly consistency: readonly string[] | null
}

/** One entry about a person in the evidence file, opened, with its proof. */
export interface OpenEvidence extends EvidenceOfEntry {
  readonly provider: string
  readonly elements: readonly string[]
  readonly outcome: 'permit' | 'deny'
  readonly code: string | null
  /** Base64, 32 bytes. */
  readonly r: string
  readonly record: string
}

/** One entry of another person's case: proven to be in the log, what is told of it by word alone. */
export interface SealedEvidence extends EvidenceOfEntry {
  readonly outcome: 'sealed'
}

/** One entry about a person in the evidence file. */
export type EvidenceDisclosure = OpenEvidence | SealedEvidence

/**
 * Everything needed to check entries without asking anybody: what a person downloads, and what the
 * browser and `cloison log verify` check.
 */
export interface Evidence {
  readonly kind: 'cloison/evidence'
  readonly v: 2
  readonly madeAtMs: number
  /** C2SP verifier keys, one a line. */
  readonly vkeys: string
  /** C2SP tlog-policy. */
  readonly policy: string
  readonly heads: readonly {
    readonly organisation: string
    readonly origin: string
    /** The published note. */
    readonly checkpoint: string
  }[]
  readonly disclosures: readonly EvidenceDisclosure[]
  /**
   * What shows that none is missing, for each organisation that has closed an epoch. Of one without, nothing shows it.
   */
  readonly chains: readonly SubjectChain[]
}

type Consistency = LogBackend['consistency']

/** Receipts under one checkpoint have one link: each is asked for once. */
function askingOnce(consistency: Consistency): Consistency {
  const asked = new Map<string, Promise<readonly string[]>>()
  return (organisation, from, to) => {
    const name = `${organisation} ${from} ${to}`
    const answer = asked.get(name) ?? consistency(organisation, from, to)
    asked.set(name, answer)
    return answer
  }
}

async function linkToHead(
  consistency: Consistency,
  disclosure: Disclosure,
  head: LogHead | undefined,
): Promise<readonly string[] | null> {
  const tree = receiptTree(disclosure.proof.tlogProof)
  if (head === undefined || tree === undefined) return null
  if (tree.size === head.size) return []
  const [from, to] = tree.size < head.size ? [tree.size, head.size] : [head.size, tree.size]
  try {
    return await consistency(head.organisation, from, to)
  } catch {
    // A receipt without its link is still a receipt; the check says that the link is missing.
    return null
  }
}

async function evidenceOf(
  consistency: Consistency,
  disclosure: Disclosure,
  heads: readonly LogHead[],
): Promise<EvidenceDisclosure> {
  const head = heads.find(({ origin }) => origin === disclosure.origin)
  const { atMs, consumer, purpose, legalBasis, entryIndex, origin, proof } = disclosure
  const told = {
    atMs,
    consumer,
    purpose,
    legalBasis,
    entryIndex,
    origin,
    leaf: proof.leaf,
    proof: proof.tlogProof,
    consistency: await linkToHead(consistency, disclosure, head),
  }
  if (disclosure.outcome === 'sealed') return { ...told, outcome: 'sealed' }
  const { provider, elements, outcome, code = null } = disclosure
  const { r, record } = disclosure.proof
  return { ...told, provider, elements, outcome, code, r, record }
}

/** Gathers the evidence for `disclosures` (none for the public file): heads, keys, proofs, links. */
export async function gatherEvidence(
  backend: LogBackend,
  {
    disclosures,
    chains = [],
  }: {
    readonly disclosures: readonly Disclosure[]
    readonly chains?: readonly SubjectChain[]
  },
  nowMs: number,
): Promise<Evidence> {
  const [heads, keys] = await Promise.all([backend.heads(), backend.verificationKeys()])
  const consistency = askingOnce((organisation, from, to) =>
    backend.consistency(organisation, from, to),
  )
  return {
    kind: 'cloison/evidence',
    v: 2,
    madeAtMs: nowMs,
    vkeys: keys.vkeys,
    policy: keys.policy,
    heads: heads.map(({ organisation, origin, checkpointNote }) => ({
      organisation,
      origin,
      checkpoint: checkpointNote,
    })),
    disclosures: await Promise.all(
      disclosures.map((disclosure) => evidenceOf(consistency, disclosure, heads)),
    ),
    chains,
  }
}
