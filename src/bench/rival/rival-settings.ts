/** What the rival's process is started with. */
export interface RivalSettings {
  readonly postgresPort: number
  readonly people: number
  /** PEM, RSA with 2,048 bits: verifies the officials' tokens. */
  readonly publicKey: string
}
