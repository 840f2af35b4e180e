import { Field, useTyped } from "./forms.tsx";

interface InputProps<T> {
  readonly label?: string;
  readonly name?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly description?: string;
  readonly error?: boolean;
  readonly validationMessage?: string;
  readonly value?: T;
  /** When the field is left. */
  onChange?(value: T): void;
  /** At every stroke. */
  onInput?(value: T): void;
}

export function Input({ value = "", onChange, onInput, ...field }: InputProps<string>) {
  const [typed, setTyped] = useTyped(value);
  const type = (next: string) => {
    setTyped(next);
    onInput?.(next);
  };
  return (
    <Field {...field}>
      {(id) => (
        <input
          id={id}
          name={field.name}
          value={typed}
          readOnly={field.readOnly}
          onChange={(event) => type(event.target.value)}
          onBlur={() => onChange?.(typed)}
        />
      )}
    </Field>
  );
}

interface NumberInputProps extends InputProps<number> {
  readonly min?: number;
  readonly max?: number;
  readonly precision?: number;
}

export function NumberInput({ value, min, max, precision = 0, onChange, onInput, ...field }: NumberInputProps) {
  const [typed, setTyped] = useTyped(value === undefined ? "" : String(value));
  const tell = (text: string, hear?: (value: number) => void) => {
    const number = Number(text);
    if (text.trim() !== "" && Number.isFinite(number)) hear?.(number);
  };
  const type = (text: string) => {
    setTyped(text);
    tell(text, onInput);
  };
  return (
    <Field {...field}>
      {(id) => (
        <input
          id={id}
          name={field.name}
          type="number"
          min={min}
          max={max}
          step={10 ** -precision}
          value={typed}
          readOnly={field.readOnly}
          onChange={(event) => type(event.target.value)}
          onBlur={() => tell(typed, onChange)}
        />
      )}
    </Field>
  );
}

interface MultiSelectProps extends Omit<InputProps<readonly string[]>, "onInput"> {
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}

const none: readonly string[] = [];

export function MultiSelect({ value = none, options = [], onChange, ...field }: MultiSelectProps) {
  const [chosen, setChosen] = useTyped(value);
  const tick = (option: string, isOn: boolean) => {
    const next = isOn ? [...chosen, option] : chosen.filter((one) => one !== option);
    setChosen(next);
    onChange?.(next);
  };
  return (
    <Field {...field}>
      {(id) => (
        <span id={id} className="choices">
          {options.map((option) => (
            <label key={option.value}>
              <input
                type="checkbox"
                checked={chosen.includes(option.value)}
                disabled={field.readOnly}
                onChange={({ target }) => tick(option.value, target.checked)}
              />{" "}
              {option.label}
            </label>
          ))}
        </span>
      )}
    </Field>
  );
}
