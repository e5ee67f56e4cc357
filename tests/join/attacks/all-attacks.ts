import { againAttacks } from './again-attacks.ts'
import type { JoinAttack } from './join-attack.ts'
import { listAttacks } from './list-attacks.ts'
import { pointAttacks } from './point-attacks.ts'
import { probingAttacks } from './probing-attacks.ts'
import { sizeAttacks } from './size-attacks.ts'
import { taggingAttacks } from './tagging-attacks.ts'

/** Every attack on a join of the table, in its order. */
export const joinAttacks: readonly JoinAttack[] = [
  ...taggingAttacks,
  ...listAttacks,
  ...pointAttacks,
  ...againAttacks,
  ...probingAttacks,
  ...sizeAttacks,
]

/** What the documents say is not stopped: it succeeds against the product too. */
export const notStopped: readonly string[] = ['collusion']
