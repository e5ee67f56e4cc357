#!/usr/bin/env node
import { processIo } from './cli-io.ts'
import { runCloison } from './run-cloison.ts'

await runCloison(process.argv, processIo())
