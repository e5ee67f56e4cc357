import { parse } from 'yaml'
import * as z from 'zod'
import { folderFiles, systemClock, systemTimers } from '../platform/index.ts'
import type { Files, HttpClient } from '../ports/index.ts'
import { objectFiles, type ObjectStoreSettings } from '../storage/object/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { NodeError } from './node-error.ts'
import type { ObjectStoreConfig } from './object-store-config.ts'
import { readSettingFile } from './read-setting-file.ts'

/** Where the present log is published. */
export interface PublishedPlace {
  /** For the one publisher. */
  readonly files: Files
  /** For everybody who only reads: what they read does not pass for read by the publisher. */
  readonly reading: Files
}

const credentialsSchema = z.strictObject({
  access_key_id: z.string().min(1),
  secret_access_key: z.string().min(1),
  session_token: z.string().min(1).optional(),
})

function parsedCredentials(text: string): unknown {
  try {
    const value: unknown = parse(text, { version: '1.2', uniqueKeys: true })
    return value
  } catch {
    // A syntax error would quote the secret.
    return undefined
  }
}

async function readCredentials(
  path: string,
  setting: string,
): Promise<ObjectStoreSettings['credentials']> {
  const text = await readSettingFile(path, `${setting}.credentials_file`)
  const checked = credentialsSchema.safeParse(parsedCredentials(text))
  if (!checked.success) {
    throw new NodeError(
      'CONFIG_INVALID',
      `The file ${path} of "${setting}.credentials_file" must have access_key_id, secret_access_key and, if there is one, session_token.`,
    )
  }
  const { access_key_id, secret_access_key, session_token } = checked.data
  return {
    accessKeyId: access_key_id,
    secretAccessKey: secret_access_key,
    sessionToken: session_token,
  }
}

/**
 * Opens the place where the present log is published: the object store, where one is configured, else
 * the folder.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`; `ObjectStoreError` `PACKAGE_MISSING`
 */
export async function publishedPlace(
  { config, at }: LoadedConfig,
  http: HttpClient,
): Promise<PublishedPlace> {
  const { object_store: store, folder } = config.log
  if (store === undefined) {
    const files = folderFiles(at(folder))
    return { files, reading: files }
  }
  const open = (): Promise<Files> => openObjects({ store, at, setting: 'log.object_store' }, http)
  return { files: await open(), reading: await open() }
}

/** A configured object store, and the setting's name for messages about it. */
export interface ConfiguredObjects {
  readonly store: ObjectStoreConfig
  readonly at: (path: string) => string
  readonly setting: string
}

/**
 * Opens an object store with the credentials of its file.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`; `ObjectStoreError` `PACKAGE_MISSING`
 */
export async function openObjects(
  { store, at, setting }: ConfiguredObjects,
  http: HttpClient,
): Promise<Files> {
  const { endpoint, bucket, prefix, region } = store
  const credentials = await readCredentials(at(store.credentials_file), setting)
  const settings = { endpoint, bucket, prefix, region, credentials }
  return await objectFiles(settings, { http, clock: systemClock, timers: systemTimers })
}
