import { Select, Text, TextArea } from "@hubspot/ui-extensions";
import { FormModal } from "@touchstone/screens/form-modal.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { ApiResult } from "@touchstone/shared/ask-api.ts";
import { useState } from "react";

interface ChoiceModalProps<T extends string> {
  readonly id: string;
  readonly title: string;
  readonly yes: string;
  readonly no?: string;
  readonly text: string;
  readonly label: string;
  readonly choices: Readonly<Record<T, string>>;
  /** What stands until somebody chooses. */
  readonly standing: T;
  /** Absent: no note is asked for. */
  readonly note?: {
    readonly label: string;
    /** What is wrong with it; empty when nothing is. */
    problemOf(choice: T, note: string): string;
  };
  send(choice: T, note: string): Promise<ApiResult<unknown>>;
  done(choice: T): string;
  refresh(): void;
}

/** One of a few answers, with a note where one is asked for. What was chosen and typed is forgotten when the question is closed. */
export function ChoiceModal<T extends string>(props: ChoiceModalProps<T>) {
  const { text, label, choices, standing, note, send, done, refresh, ...modal } = props;
  const write = useWrite();
  const [chosen, setChosen] = useState<T | null>(null);
  const [typed, setTyped] = useState("");
  const choice = chosen ?? standing;
  const said = typed.trim();
  const problem = note?.problemOf(choice, said) ?? "";
  const isTouched = chosen !== null || typed !== "";
  const isChoice = (value: unknown): value is T => typeof value === "string" && value in choices;
  const reset = () => {
    setChosen(null);
    setTyped("");
  };
  const submit = async () => {
    if ((await write.send(() => send(choice, said), done(choice))) === null) return false;
    refresh();
    return true;
  };
  return (
    <FormModal {...modal} disabled={problem !== ""} write={write} submit={submit} reset={reset}>
      <Text>{text}</Text>
      <Select
        label={label}
        name="choice"
        required
        value={choice}
        options={Object.entries<string>(choices).map(([value, words]) => ({ value, label: words }))}
        onChange={(value) => isChoice(value) && setChosen(value)}
      />
      {note && (
        <TextArea
          label={note.label}
          name="note"
          value={typed}
          maxLength={1000}
          error={isTouched && problem !== ""}
          validationMessage={isTouched ? problem : ""}
          onInput={setTyped}
        />
      )}
    </FormModal>
  );
}

/** A note is only asked for where the reason is another one. */
export const reasonNote = {
  label: "Note",
  problemOf: (choice: string, note: string) =>
    choice === "other" && note === "" ? "Say what the other reason is." : "",
};
