declare module 'govuk-frontend' {
  /** Sets a component of the design system up on its element. */
  type ComponentClass = new (root: Element, options?: object) => object
  export const Button: ComponentClass
  export const ErrorSummary: ComponentClass
  export const ExitThisPage: ComponentClass
  export const SkipLink: ComponentClass
}
