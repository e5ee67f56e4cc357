// Apart from the gateway's own door: these need the pages, and a gateway starts without them.
export { readIdentityFile } from './identity-file.ts'
export { oidcIdentity } from './oidc-identity.ts'
export type { ClaimNames, OidcClient, OidcSettings } from './oidc-identity.ts'
export { readPageAssets } from './read-page-assets.ts'
