import type { Attack } from '../attack.ts'
import { capAttacks } from './cap-attacks.ts'
import { caseAttacks } from './case-attacks.ts'
import { doorAttacks } from './door-attacks.ts'
import { elementAttacks } from './element-attacks.ts'
import { emergencyAttacks } from './emergency-attacks.ts'
import { logAttacks } from './log-attacks.ts'
import { messageAttacks } from './message-attacks.ts'
import { presenceAttacks } from './presence-attacks.ts'
import { scopeAttacks } from './scope-attacks.ts'
import { shapeAttacks } from './shape-attacks.ts'

/** Every attack, in the order of the table. A new one is a line of its own file and nothing else. */
export const allAttacks: readonly Attack[] = [
  ...caseAttacks,
  ...scopeAttacks,
  ...elementAttacks,
  ...presenceAttacks,
  ...emergencyAttacks,
  ...capAttacks,
  ...shapeAttacks,
  ...messageAttacks,
  ...doorAttacks,
  ...logAttacks,
]
