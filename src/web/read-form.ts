/** Most bytes of a form with a file in it; every other form is far smaller. */
export const largestUpload = 131_072

/**
 * The body of a form as `PageRequest.form` has it. A file of a `multipart` form becomes the text that is in it, under
 * the name of its field; what is no such form becomes an empty one.
 */
export async function readForm(body: Uint8Array, contentType: string): Promise<string> {
  const bytes = Uint8Array.from(body)
  if (!contentType.startsWith('multipart/form-data')) return new TextDecoder().decode(bytes)
  const fields = new URLSearchParams()
  try {
    const sent = await new Response(bytes, { headers: { 'content-type': contentType } }).formData()
    for (const [name, value] of sent) {
      fields.append(name, typeof value === 'string' ? value : await value.text())
    }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
  }
  return fields.toString()
}
