import { appendSignatures, type StoredHead } from '../../log/index.ts'
import {
  type Cosignature,
  openNote,
  type Policy,
  type SignatureAlgorithms,
} from '../../log/verify/index.ts'

/** What collected signature lines say on a head, by the keys of the policy's witnesses. */
export function cosignaturesOn(
  head: Pick<StoredHead, 'checkpoint'>,
  lines: readonly string[],
  { policy, ...algorithms }: SignatureAlgorithms & { readonly policy: Policy },
): readonly Cosignature[] {
  if (lines.length === 0) return []
  const keys = policy.witnesses.map(({ key }) => key)
  return openNote(appendSignatures(head.checkpoint, lines), keys, algorithms).cosignatures
}
