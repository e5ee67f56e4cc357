/**
 * The process that masks a register's rows for one join. It takes one question, reads the rows, gives out masked points, hashes
 * and sealed tokens, and ends; identifiers and secrets end with it. Identifiers go nowhere else.
 */
import { availableParallelism } from 'node:os'
import { useDigests } from '../../../crypto/index.ts'
import {
  aesCtr,
  bestJoinGroup,
  nativeDigests,
  sodiumSealedBox,
  systemRandomness,
  threadedJoinGroup,
} from '../../../platform/index.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import { failure } from '../serve-connector.ts'
import { maskRegister } from './mask-register.ts'
import { maskingQuestionSchema } from './masking-messages.ts'
import type { MaskingAnswer } from './masking-messages.ts'

function post(answer: MaskingAnswer): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(answer, () => resolve())
  })
}

async function answer(plan: MaskPlan): Promise<void> {
  useDigests(nativeDigests)
  const machine = {
    group: threadedJoinGroup(bestJoinGroup(), Math.max(1, availableParallelism() - 1)),
    randomness: systemRandomness,
    cipher: aesCtr,
    sealedBox: sodiumSealedBox(),
    post,
  }
  try {
    await maskRegister(process.argv[2] ?? '', plan, machine)
  } catch (cause) {
    await post(failure(cause))
  }
}

process.once('message', (message) => {
  const question = maskingQuestionSchema.safeParse(message)
  // A gateway that says anything else, or anything more, is not a gateway.
  if (!question.success) process.exit(2)
  process.on('message', () => process.exit(2))
  void answer(question.data.plan)
})
process.on('disconnect', () => process.exit(0))
