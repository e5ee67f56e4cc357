import { effectiveCategory, type ElementCategory } from '../agreement/index.ts'
import type { ProviderRegister } from '../person/index.ts'
import {
  type OpenRegister,
  openRegister,
  parseRegisterDescription,
  type RegisterDescription,
  RegisterError,
} from '../register/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { NodeError } from './node-error.ts'
import { readSettingFile } from './read-setting-file.ts'

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

async function readDescription(path: string, name: string): Promise<RegisterDescription> {
  const text = await readSettingFile(path, `registers.${name}.description_file`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new NodeError('CONFIG_INVALID', `The register description in ${path} is not JSON.`, {
      cause,
    })
  }
  return parseRegisterDescription(json)
}

/** Says which register it was. */
function naming(name: string): (cause: unknown) => never {
  return (cause) => {
    if (!(cause instanceof RegisterError)) throw cause
    const message = `The register "${name}" cannot be opened: ${cause.message}.`
    throw new RegisterError(cause.code, message, { cause })
  }
}

/**
 * Opens every configured register and waits until each can answer.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` for a description that is missing or no JSON
 * @throws {@link RegisterError}
 */
export async function openRegisters({ config, at }: LoadedConfig): Promise<OpenRegisters> {
  await using stack = new AsyncDisposableStack()
  const registers = new Map<string, ProviderRegister>()
  for (const [name, { kind, path, description_file }] of Object.entries(config.registers)) {
    const description = await readDescription(at(description_file), name)
    const settings = { kind, path: at(path), description }
    const register = stack.use(await openRegister(settings).catch(naming(name)))
    registers.set(name, {
      register,
      scheme: description.subject.scheme,
      categories: categoriesOf(register),
      populationSize: description.population.size,
    })
  }
  const owned = stack.move()
  return { registers, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
