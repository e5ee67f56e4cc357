import { fileURLToPath } from 'node:url'

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/** The file of the `cloison` command. */
export const cliProgram: string = fileURLToPath(
  new URL(`../../cli/main${extension}`, import.meta.url),
)
