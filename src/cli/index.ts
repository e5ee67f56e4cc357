export { EXIT } from './cli-io.ts'
export type { CliIo, ExitCode } from './cli-io.ts'
export { logVerifyCommand } from './commands/log-verify.ts'
export { folderSource, urlSource } from './log-source.ts'
