import type { BatchContext, PreparedEntry } from '../log/index.ts'
import type { Verdict } from './commit-question.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import type { PersonCommitDeps } from './person-commit-deps.ts'
import { addAct, safeguardKinds } from './safeguards/index.ts'
import type { QuestionIntent } from './writer.ts'

interface Noted {
  readonly intent: QuestionIntent
  readonly verdict: Verdict
  readonly entry: PreparedEntry
}

/**
 * What an outcome means for those who watch, in its own transaction: an answer in an emergency is told at
 * once, by a public entry that names nobody and by a row for the officer's review; an exchange of which the
 * person does not hear is counted in public at once.
 */
export async function noteSafeguards(
  tx: ExchangeTransaction,
  noted: Noted,
  { batch, deps }: { readonly batch: BatchContext; readonly deps: PersonCommitDeps },
): Promise<void> {
  const { decision, notice, known } = noted.verdict
  const { organisation } = deps
  if (decision.outcome === 'permit' && decision.review !== 'none') {
    const row = emergencyRow(noted, batch.timeMs, decision.review === 'confirmed')
    await tx.saveEmergency(row)
    const { exchangeId, confirmed } = row
    const body = { exchangeId, confirmed }
    addAct(batch, organisation, {
      kind: safeguardKinds.used,
      name: row.agreement,
      digest: null,
      body,
    })
  }
  if (notice.notice === 'withheld') {
    const withheld = await tx.countWithheld(known.digest)
    const { id, version } = known.agreement
    const name = `${id} v${version}`
    const body = { withheld }
    addAct(batch, organisation, { kind: safeguardKinds.counted, name, digest: null, body })
  }
}

function emergencyRow({ intent, verdict, entry }: Noted, atMs: number, confirmed: boolean) {
  const { origin, index } = entry
  return {
    consumer: intent.consumer,
    exchangeId: intent.question.exchangeId,
    agreement: verdict.known.agreement.id,
    official: intent.question.official.pseudonym,
    atMs,
    confirmed,
    place: { origin, index },
    finding: null,
  }
}
