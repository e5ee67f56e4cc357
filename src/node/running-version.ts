/** The version of Cloison that runs: what `--version` prints and a start entry names. */
export const runningVersion = '0.1.0'
