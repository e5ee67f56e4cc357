import { effectiveCategory, type ElementCategory } from '../agreement/index.ts'
import type { ProviderRegister } from '../person/index.ts'
import {
  forkConnector,
  forkMaskingBy,
  type OpenRegister,
  openRegister,
  parseRegisterDescription,
  type Register,
  type RegisterDescription,
  RegisterError,
  type RegisterPlace,
} from '../register/index.ts'
import type { RegisterConfig } from './config.ts'
import type { LoadedConfig } from './config-file.ts'
import { joinCrew } from './joins/join-run-place.ts'
import { NodeError } from './node-error.ts'
import { readSettingFile } from './read-setting-file.ts'

/** A register for questions, whose rows can be masked for joins as well. */
export interface JoinableRegister extends ProviderRegister {
  readonly register: Register
}

/** The organisation's registers, each in a process of its own. */
export interface OpenRegisters extends AsyncDisposable {
  readonly registers: ReadonlyMap<string, JoinableRegister>
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

/** Where a configured register is, with absolute paths. */
export function placeOf(register: RegisterConfig, at: LoadedConfig['at']): RegisterPlace {
  switch (register.kind) {
    case 'sqlite':
    case 'csv':
    case 'parquet':
      return { kind: register.kind, path: at(register.path) }
    case 'postgres': {
      const { dsn_file: dsn, joins_dsn_file: joins, schema } = register
      const joinsDsnFile = joins === undefined ? {} : { joinsDsnFile: at(joins) }
      return { kind: 'postgres', dsnFile: at(dsn), schema, ...joinsDsnFile }
    }
    case 'http': {
      const { authority_file: authority, url } = register
      const authorityFile = authority === undefined ? {} : { authorityFile: at(authority) }
      return { kind: 'http', url, tokenFile: at(register.token_file), ...authorityFile }
    }
  }
}

/**
 * The description of a configured register.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 * @throws {@link RegisterError} `DESCRIPTION_INVALID`
 */
export async function readDescription(path: string, name: string): Promise<RegisterDescription> {
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
  const registers = new Map<string, JoinableRegister>()
  const spawnMasking = forkMaskingBy(joinCrew(config))
  for (const [name, configured] of Object.entries(config.registers)) {
    const description = await readDescription(at(configured.description_file), name)
    const settings = { ...placeOf(configured, at), description }
    const register = stack.use(
      await openRegister(settings, forkConnector, spawnMasking).catch(naming(name)),
    )
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
