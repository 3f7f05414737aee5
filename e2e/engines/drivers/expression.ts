/** A function and what it is given, or an expression, as an expression: in this form it is evaluated alike everywhere. */
export const expressionOf = (run: unknown, given: unknown): string =>
  typeof run === 'string' ? run : `(${run})(${JSON.stringify(given) ?? ''})`
