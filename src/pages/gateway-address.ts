/** Where pages reach one organisation's gateway. The token is a secret. */
export interface GatewayAddress {
  readonly organisation: string
  /** Of the public listener, without a slash at the end. */
  readonly url: string
  /** Of the inner listener, without a slash at the end. */
  readonly adminUrl: string
  /** Of a caller with the roles that the pages need. */
  readonly token: string
}

/** A gateway whose log the pages show. */
export interface LoggedGateway extends GatewayAddress {
  /** Of its present log. */
  readonly origin: string
}
