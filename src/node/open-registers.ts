import { readFile } from 'node:fs/promises'
import { effectiveCategory, type ElementCategory } from '../agreement/index.ts'
import type { ProviderRegister } from '../person/index.ts'
import { type OpenRegister, openRegister, parseRegisterDescription } from '../register/index.ts'
import type { LoadedConfig } from './config-file.ts'

/** The organisation's registers, each in a process of its own. */
export interface OpenRegisters extends AsyncDisposable {
  readonly registers: ReadonlyMap<string, ProviderRegister>
}

function categoriesOf(register: OpenRegister): Record<string, ElementCategory> {
  const description = register.describe()
  return Object.fromEntries(
    description.elements.map((element) => [
      element.name,
      effectiveCategory(element.category, description.category),
    ]),
  )
}

/**
 * Opens every configured register and waits until each can answer.
 *
 * @throws {@link RegisterError}
 */
export async function openRegisters({ config, at }: LoadedConfig): Promise<OpenRegisters> {
  await using stack = new AsyncDisposableStack()
  const registers = new Map<string, ProviderRegister>()
  for (const [name, { kind, path, description_file }] of Object.entries(config.registers)) {
    const description = parseRegisterDescription(
      JSON.parse(await readFile(at(description_file), 'utf8')),
    )
    const register = stack.use(await openRegister({ kind, path: at(path), description }))
    registers.set(name, {
      register,
      scheme: description.subject.scheme,
      categories: categoriesOf(register),
    })
  }
  const owned = stack.move()
  return { registers, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
