import type { CliIo } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'

/**
 * Asks before something is signed; true without asking after `--yes`.
 *
 * @throws {@link UsageError} where nobody is there to be asked
 */
export async function confirm(question: string, yes: boolean, io: CliIo): Promise<boolean> {
  if (yes) return true
  if (io.ask === undefined)
    throw new UsageError('nobody is here to be asked; read what is shown, then add --yes.')
  const answer = (await io.ask(`${question} Type "yes": `)).trim().toLowerCase()
  if (answer === 'yes') return true
  io.stderr('Nothing was signed.\n')
  return false
}
