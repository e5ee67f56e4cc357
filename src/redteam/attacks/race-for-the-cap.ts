import { encodeBase64 } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { attackFromTwo } from '../attacker/start-attacker.ts'
import { countEntries } from '../attacker/count-entries.ts'
import type { AttackResult } from '../attack.ts'
import { RedteamError } from '../redteam-error.ts'
import { redKeyId } from '../world/red-consumer.ts'
import type { RedWorld } from '../world/start-world.ts'

/** Twice and a half as many as the cap of `rent-capped`. */
const questions = 100
/** Its cap on different persons in 30 days. */
const distinctSubjects = 40

/**
 * Questions about a hundred different people under an agreement with places for forty, from two processes at once.
 * How many got through is counted from the entries of the provider's log, not from what the attackers say.
 */
export async function raceForTheCap(world: RedWorld): Promise<AttackResult> {
  const { insider, tax } = world
  const bodies: Uint8Array[] = []
  for (let made = 0; made < questions; made += 1) {
    const core = await insider.draft(tax, world.nextCase(), { agreement: 'rent-capped' })
    bodies.push(await insider.body(tax, core))
  }
  const { gateway } = insider.secrets
  const { logSize: from } = await world.health(tax)
  const reports = await attackFromTwo({
    authority: tax.authority,
    gatewaySeed: encodeBase64(gateway),
    keyId: redKeyId(gateway, bestEd25519()),
    connections: 8,
    bodies,
  })
  const { folder } = tax.organisation
  const counted = await countEntries(folder, { agreement: 'rent-capped', from })
  const last = await insider.ask(tax, world.nextCase(), { agreement: 'rent-capped' })
  const isReached = counted.answered > distinctSubjects
  const heard = reports.reduce((sum, report) => sum + report.answered, 0)
  if (heard !== counted.answered)
    throw new RedteamError('RUN_REJECTED', 'There are answers without entries, or entries without.')
  return {
    isReached,
    code: isReached ? '' : last.code,
    detail: `${counted.answered} of ${questions} answered, ${last.cap ?? 'no cap'}`,
    trace: last.entry === undefined ? { kind: 'nothing' } : { kind: 'entry', entry: last.entry },
  }
}
