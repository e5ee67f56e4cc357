import type { Command } from 'commander'

/**
 * Hands a parent's way of ending and of printing down to a command and all that stand below it, so that a
 * mistake in any of them ends with the exit code of a mistake and not with the library's own.
 */
export function inheritSettings(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent)
  for (const below of command.commands) inheritSettings(below, command)
}
