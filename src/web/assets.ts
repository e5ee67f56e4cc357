import { utf8 } from '../bytes/index.ts'
import { icon } from './style/icon.ts'
import { ownStyle } from './style/own-style.ts'
import { rebrandStyle } from './style/rebrand-style.ts'

/** A file that the pages refer to. */
export interface Asset {
  readonly contentType: string
  readonly body: Uint8Array
}

/** The files that the pages are made of but do not hold themselves. */
export interface AssetSources {
  /** Text of `govuk-frontend/dist/govuk/govuk-frontend.min.css`. */
  readonly designSystemStyle: string
  /** `browser/page.ts` and `browser/verify.ts`, bundled as modules. */
  readonly pageScript: Uint8Array
  readonly verifyScript: Uint8Array
}

/** Every asset by its path. No font and no crest is among them. */
export function pageAssets(sources: AssetSources): ReadonlyMap<string, Asset> {
  const style = `${rebrandStyle(sources.designSystemStyle)}\n${ownStyle}`
  const script = 'text/javascript; charset=utf-8'
  return new Map<string, Asset>([
    ['/assets/page.css', { contentType: 'text/css; charset=utf-8', body: utf8(style) }],
    ['/assets/icon.svg', { contentType: 'image/svg+xml', body: utf8(icon) }],
    ['/assets/page.js', { contentType: script, body: sources.pageScript }],
    ['/assets/verify.js', { contentType: script, body: sources.verifyScript }],
  ])
}
