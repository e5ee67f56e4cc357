import type { XmlElement } from '@rgrove/parse-xml'
import { ObjectStoreError } from './object-store-error.ts'

/** One page of a listing. */
export interface ListPage {
  readonly keys: readonly string[]
  /** Where the next page begins; `undefined` at the end. */
  readonly next: string | undefined
}

function elementsOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement =>
      child.type === 'element' && 'name' in child && child.name === name,
  )
}

function textOf(parent: XmlElement, name: string): string | undefined {
  return elementsOf(parent, name)[0]?.text
}

/**
 * Reads the answer of ListObjectsV2.
 *
 * @throws {@link ObjectStoreError} `STORE_ANSWER`
 */
export async function readListPage(body: string): Promise<ListPage> {
  const { parseXml } = await import('@rgrove/parse-xml')
  let root: XmlElement | null
  try {
    root = parseXml(body).root
  } catch (cause) {
    throw new ObjectStoreError('STORE_ANSWER', 'The object store answered with no listing.', {
      cause,
    })
  }
  const truncated = root === null ? undefined : textOf(root, 'IsTruncated')
  if (root?.name !== 'ListBucketResult' || (truncated !== 'true' && truncated !== 'false')) {
    throw new ObjectStoreError('STORE_ANSWER', 'The object store answered with no listing.')
  }
  const next = truncated === 'true' ? textOf(root, 'NextContinuationToken') : undefined
  if (truncated === 'true' && next === undefined) {
    throw new ObjectStoreError(
      'STORE_ANSWER',
      'The object store ended a listing without saying where.',
    )
  }
  const keys = elementsOf(root, 'Contents').map((entry) => textOf(entry, 'Key') ?? '')
  return { keys, next }
}
