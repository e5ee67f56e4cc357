import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import type { Markup } from '../markup.ts'

/** Name of the hidden field that shows a form to be one of ours. */
export const formTokenField = 'form_token'

/** A form that is sent to an address without anything personal in it. */
export interface FormProps {
  readonly action: string
  /** The visitor's token, see `PageContext.formToken`. */
  readonly token: string
  /** Set where a file is sent. */
  readonly multipart?: boolean
  readonly children: ComponentChildren
}

/** A form with its token. Everything the visitor chose travels in the body. */
export function Form({ action, token, multipart = false, children }: FormProps): Markup {
  return h(
    'form',
    {
      action,
      method: 'post',
      noValidate: true,
      encType: multipart ? 'multipart/form-data' : undefined,
    },
    h('input', { type: 'hidden', name: formTokenField, value: token }),
    children,
  )
}
