/** Why a run of the red team gave no table. */
export type RedteamErrorCode = 'ATTACK_UNKNOWN' | 'RUN_REJECTED'

/** A run of the red team that gave no table, with a sentence that says what to do. */
export class RedteamError extends Error {
  readonly code: RedteamErrorCode

  constructor(code: RedteamErrorCode, message: string) {
    super(message)
    this.name = 'RedteamError'
    this.code = code
  }
}
