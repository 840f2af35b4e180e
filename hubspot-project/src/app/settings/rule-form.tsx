import { AutoGrid, LoadingButton, MultiSelect, NumberInput, Select, Text } from "@hubspot/ui-extensions";
import { Part } from "@touchstone/screens/part.tsx";
import type { AnswerSource } from "@touchstone/screens/use-answer.ts";
import type { RuleFieldView, RuleFormView } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { SaveRow } from "./save-row.tsx";
import { useSettings } from "./settings-context.ts";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";

type Values = Readonly<Record<string, number | string | readonly string[]>>;

interface Edited {
  readonly values: Values;
  /** The version that holds them; null: nobody has saved them. */
  readonly savedAs: number | null;
}

interface RuleFormProps {
  readonly rule: RuleFormView;
  readonly source: Pick<AnswerSource<unknown>, "refresh" | "refreshing">;
}

/** A rule as the server describes it: this screen knows none of its fields. */
export function RuleForm({ rule, source }: RuleFormProps) {
  const write = usePost();
  const [edited, setEdited] = useState<Edited>({ values: {}, savedAs: null });
  // What was saved stays on the screen until it is read back.
  const changed = edited.savedAs !== null && rule.version >= edited.savedAs ? {} : edited.values;
  const isTyped = edited.savedAs === null && Object.keys(changed).length > 0;
  useUnsaved(`the ${rule.key} rule`, isTyped);
  const save = async () => {
    const values = rule.fields.map(({ key, value }) => {
      const now = changed[key] ?? value;
      return [key, now === "" ? null : now] as const;
    });
    const body = { rule: Object.fromEntries(values), version: rule.version };
    const done = await write.post<{ version: number }>(
      rule.path,
      body,
      "version",
      `Saved: ${rule.title.toLowerCase()}.`,
    );
    if (done === null) return;
    setEdited({ values: changed, savedAs: done.version });
    source.refresh();
  };
  return (
    <Part title={rule.title}>
      <Text>{rule.text}</Text>
      <AutoGrid columnWidth={300} flexible gap="md">
        {rule.fields.map((field) => (
          <RuleField
            key={field.key}
            field={field}
            value={changed[field.key] ?? field.value}
            change={(value) => setEdited({ values: { ...changed, [field.key]: value }, savedAs: null })}
          />
        ))}
      </AutoGrid>
      <SaveRow write={write} label={`Save the ${rule.key} rule`} ready={isTyped} save={save}>
        {write.refusal?.status === 409 ? (
          <LoadingButton variant="secondary" loading={source.refreshing} onClick={source.refresh}>
            Read again and keep mine
          </LoadingButton>
        ) : null}
      </SaveRow>
    </Part>
  );
}

interface RuleFieldProps {
  readonly field: RuleFieldView;
  readonly value: Values[string];
  change(value: Values[string]): void;
}

function RuleField({ field, value, change }: RuleFieldProps) {
  const { access } = useSettings();
  const { key, label, detail, kind } = field;
  const base = { label, name: key, description: detail, readOnly: !access.mayChange };
  if (kind === "number")
    return <NumberInput {...base} min={field.min} max={field.max} value={Number(value)} onInput={change} />;
  const options = [...field.options];
  if (kind === "choice")
    return <Select {...base} options={options} value={String(value)} onChange={(next) => change(String(next))} />;
  return (
    <MultiSelect
      {...base}
      options={options}
      value={Array.isArray(value) ? [...value] : []}
      onChange={(next) => change(next.map(String))}
    />
  );
}
