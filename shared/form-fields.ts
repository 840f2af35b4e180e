/** A field of a form as the server describes it: a card shows it and knows none of its choices. */
export interface FormField {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly kind: "choice" | "choices" | "text";
  /** Of "choice" and "choices". An empty value is sent as null: not said. */
  readonly options: readonly { readonly value: string | number | boolean; readonly label: string }[];
}

export type FormValue = string | number | boolean | null | readonly string[];
export type FormValues = Readonly<Record<string, FormValue>>;

/** A form with what it says at first. */
export interface FormView {
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  /** What to know before it is sent. */
  readonly note: string;
}
