/** Says what went wrong. Screen readers read it at once. */
export function Problem({ text }: { text: string | null }) {
  return (
    <span className="problem" role="alert">
      {text}
    </span>
  )
}
