import type { SubjectChain } from '../log/verify/index.ts'
import type { DemoBackend, Disclosure, LogHead } from './demo-backend.ts'
import { receiptTree } from './receipt-tree.ts'

/** One entry about a person in the evidence file, with its proof. */
export interface EvidenceDisclosure {
  readonly atMs: number
  readonly consumer: string
  readonly provider: string
  readonly purpose: string
  readonly legalBasis: readonly string[]
  readonly elements: readonly string[]
  readonly outcome: 'permit' | 'deny'
  readonly code: string | null
  readonly entryIndex: number
  readonly origin: string
  /** Base64, 34 bytes. */
  readonly leaf: string
  /** Base64, 32 bytes. */
  readonly r: string
  readonly record: string
  /** C2SP tlog-proof text. */
  readonly proof: string
  /**
   * Base64 hashes that join the receipt's tree and the published head's, the smaller being the
   * start of the larger; `null` when they could not be had.
   */
  readonly consistency: readonly string[] | null
}

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
  /** What shows that none is missing, for each organisation that has closed an epoch. */
  readonly chains: readonly SubjectChain[]
}

type Consistency = DemoBackend['consistency']

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
  const { leaf, r, record, tlogProof } = disclosure.proof
  return {
    atMs: disclosure.atMs,
    consumer: disclosure.consumer,
    provider: disclosure.provider,
    purpose: disclosure.purpose,
    legalBasis: disclosure.legalBasis,
    elements: disclosure.elements,
    outcome: disclosure.outcome,
    code: disclosure.code ?? null,
    entryIndex: disclosure.entryIndex,
    origin: disclosure.origin,
    leaf,
    r,
    record,
    proof: tlogProof,
    consistency: await linkToHead(consistency, disclosure, head),
  }
}

/** Gathers the evidence for `disclosures` (none for the public file): heads, keys, proofs, links. */
export async function gatherEvidence(
  backend: DemoBackend,
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
