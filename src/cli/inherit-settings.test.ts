import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command, CommanderError } from 'commander'
import { inheritSettings } from './inherit-settings.ts'

/** A program with a command two levels down that needs an option. */
function program(errors: string[]): { readonly top: Command; readonly group: Command } {
  const top = new Command('top')
    .exitOverride()
    .configureOutput({ writeErr: (text) => void errors.push(text) })
  const below = new Command('below').requiredOption('--needed <what>')
  const group = new Command('group').addCommand(new Command('inner').addCommand(below))
  top.addCommand(group)
  return { top, group }
}

test('a mistake three levels down is thrown to the program and told where it prints', async () => {
  const errors: string[] = []
  const { top, group } = program(errors)
  inheritSettings(group, top)
  const run = top.parseAsync(['node', 'top', 'group', 'inner', 'below'])
  await assert.rejects(run, (cause) => cause instanceof CommanderError && cause.exitCode !== 0)
  assert.match(errors.join(''), /--needed/)
})
