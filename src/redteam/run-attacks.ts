import type { Attack, AttackResult } from './attack.ts'
import { allAttacks } from './attacks/all-attacks.ts'
import { RedteamError } from './redteam-error.ts'
import type { RedWorld } from './world/start-world.ts'

/** One row of the table. */
export interface AttackRow {
  readonly attack: Attack
  readonly result: AttackResult
}

/**
 * The attacks of these names, or all of them.
 *
 * @throws {@link RedteamError} `ATTACK_UNKNOWN` for a name that is none
 */
export function attacksNamed(names: readonly string[]): readonly Attack[] {
  if (names.length === 0) return allAttacks
  return names.map((name) => {
    const found = allAttacks.find((attack) => attack.name === name)
    if (found !== undefined) return found
    const known = allAttacks.map((attack) => attack.name).join(', ')
    throw new RedteamError(
      'ATTACK_UNKNOWN',
      `There is no attack "${name}". There are: dragnet, ${known}.`,
    )
  })
}

/** Runs them one after the other; `tell` hears of each row when it is known. */
export async function runAttacks(
  world: RedWorld,
  attacks: readonly Attack[],
  tell: (row: AttackRow) => void = () => undefined,
): Promise<readonly AttackRow[]> {
  const rows: AttackRow[] = []
  for (const attack of attacks) {
    const row = { attack, result: await attack.run(world) }
    rows.push(row)
    tell(row)
  }
  return rows
}
