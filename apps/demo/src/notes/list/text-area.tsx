import { focusIfLost } from '../focus-if-lost.ts'

interface TextAreaProps {
  readonly id?: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** Ctrl + Enter, or Cmd + Enter. */
  readonly onSubmit: () => void
  readonly readOnly: boolean
  readonly maxLength: number
  readonly label?: string
  readonly describedBy?: string
}

/** A field for the text of a note. */
export function TextArea({ value, onChange, onSubmit, label, describedBy, ...rest }: TextAreaProps) {
  return (
    <textarea
      ref={focusIfLost}
      className="input text"
      rows={3}
      aria-label={label}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        onSubmit()
      }}
      {...rest}
    />
  )
}
