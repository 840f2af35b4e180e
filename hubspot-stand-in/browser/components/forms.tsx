import { type FormEvent, type ReactNode, useEffect, useId, useState } from "react";

interface FormProps {
  readonly children?: ReactNode;
  onSubmit?(event: object): void;
}

export function Form({ children, onSubmit }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.({});
  };
  return (
    <form className="form" onSubmit={submit}>
      {children}
    </form>
  );
}

interface FieldProps {
  readonly label?: string;
  readonly name?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly description?: string;
  readonly error?: boolean;
  readonly validationMessage?: string;
}

/** Label, the field itself, and what is wrong with it. `children` draws the field with the id that the label names. */
export function Field({
  label,
  required = false,
  description,
  error = false,
  validationMessage,
  children,
}: FieldProps & { children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className={`field ${error ? "field-wrong" : ""}`}>
      <label htmlFor={id}>
        {label}
        {required ? " *" : ""}
      </label>
      {description ? <span className="text microcopy">{description}</span> : null}
      {children(id)}
      {validationMessage ? <span className="field-message">{validationMessage}</span> : null}
    </div>
  );
}

/** What a person types shows at once; the extension hears of it by message and may answer with another value. */
export function useTyped<T>(value: T): [T, (next: T) => void] {
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  return [shown, setShown];
}

type Choice = string | number | boolean;

interface SelectProps extends FieldProps {
  readonly value?: Choice;
  readonly options?: readonly { readonly label: string; readonly value: Choice }[];
  readonly placeholder?: string;
  onChange?(value: Choice): void;
}

export function Select({ value, options = [], placeholder = "Choose", onChange, ...field }: SelectProps) {
  const [chosen, setChosen] = useTyped(options.findIndex((option) => option.value === value));
  const choose = (index: number) => {
    setChosen(index);
    const option = options[index];
    if (option) onChange?.(option.value);
  };
  return (
    <Field {...field}>
      {(id) => (
        <select
          id={id}
          name={field.name}
          value={chosen}
          disabled={field.readOnly}
          onChange={(event) => choose(Number(event.target.value))}
        >
          {chosen < 0 ? <option value={-1}>{placeholder}</option> : null}
          {options.map((option, index) => (
            <option key={String(option.value)} value={index}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface TypedProps extends FieldProps {
  readonly value?: string;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly rows?: number;
  /** At every stroke. */
  onInput?(value: string): void;
  /** When the field is left. */
  onChange?(value: string): void;
}

export function TextArea({ value = "", maxLength, rows = 3, placeholder, onInput, onChange, ...field }: TypedProps) {
  const [typed, setTyped] = useTyped(value);
  const type = (next: string) => {
    setTyped(next);
    onInput?.(next);
  };
  return (
    <Field {...field}>
      {(id) => (
        <textarea
          id={id}
          name={field.name}
          value={typed}
          rows={rows}
          maxLength={maxLength}
          placeholder={placeholder}
          readOnly={field.readOnly}
          onChange={(event) => type(event.target.value)}
          onBlur={() => onChange?.(typed)}
        />
      )}
    </Field>
  );
}
