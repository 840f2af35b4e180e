import {
  AutoGrid,
  ButtonRow,
  Flex,
  Heading,
  LoadingButton,
  MultiSelect,
  NumberInput,
  Select,
  Text,
} from "@hubspot/ui-extensions";
import { Refused } from "@touchstone/screens/refused.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { RuleFieldView, RuleFormView } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";

type Values = Readonly<Record<string, number | string | readonly string[]>>;

interface RuleFormProps {
  readonly rule: RuleFormView;
  refresh(): void;
}

/** A rule as the server describes it: this screen knows none of its fields. */
export function RuleForm({ rule, refresh }: RuleFormProps) {
  const { ask, access } = useSettings();
  const write = useWrite();
  const [changed, setChanged] = useState<Values>({});
  const save = async () => {
    const values = rule.fields.map(({ key, value }) => {
      const now = changed[key] ?? value;
      return [key, now === "" ? null : now] as const;
    });
    const body = { rule: Object.fromEntries(values), version: rule.version };
    const done = await write.send(
      () => ask({ method: "POST", path: rule.path, body, field: "version" }),
      `Saved: ${rule.title.toLowerCase()}.`,
    );
    if (done !== null) refresh();
  };
  return (
    <Flex direction="column" gap="sm">
      <Heading>{rule.title}</Heading>
      <Text>{rule.text}</Text>
      <AutoGrid columnWidth={300} flexible gap="md">
        {rule.fields.map((field) => (
          <RuleField
            key={field.key}
            field={field}
            value={changed[field.key] ?? field.value}
            change={(value) => setChanged({ ...changed, [field.key]: value })}
          />
        ))}
      </AutoGrid>
      <Refused write={write} />
      <ButtonRow>
        <LoadingButton
          variant="secondary"
          loading={write.busy}
          disabled={!access.mayChange || Object.keys(changed).length === 0}
          onClick={() => void save()}
        >
          {`Save the ${rule.key} rule`}
        </LoadingButton>
      </ButtonRow>
    </Flex>
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
