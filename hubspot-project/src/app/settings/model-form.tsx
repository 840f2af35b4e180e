import { Accordion, AutoGrid, NumberInput, Text } from "@hubspot/ui-extensions";
import { Part } from "@touchstone/screens/part.tsx";
import type { ModelDraftView, ModelFaultView, ModelFieldView } from "@touchstone/shared/models-api.ts";
import { guideRows } from "./guide-rows.ts";
import type { ValuesByPath } from "./with-values.ts";
import { Words } from "./words.tsx";

interface ModelFormProps {
  readonly draft: ModelDraftView;
  readonly values: ValuesByPath;
  readonly faults: readonly ModelFaultView[];
  edit(values: ValuesByPath): void;
}

/** The numbers of a model, part by part. What they stand for can be changed in the file. */
export function ModelForm({ draft, values, faults, edit }: ModelFormProps) {
  const change = (field: ModelFieldView, value: number) => {
    const others = Object.entries(values).filter(([path]) => path !== field.path);
    edit(Object.fromEntries(value === field.value ? others : [...others, [field.path, value]]));
  };
  return (
    <Part gap="xs">
      <Text variant="microcopy">
        Points, windows and steps. Values, kinds of signals and new rules are in the file.
      </Text>
      <Words of={["axis", "rung", "window", "half-life", "gate", "band"]} />
      {draft.form.map((group, index) => (
        <Accordion key={group.label + String(index)} title={titleOf(group, values, faults)} defaultOpen={index === 0}>
          <Part>
            <Text variant="microcopy">{guideRows(group.detail)}</Text>
            <AutoGrid columnWidth={220} gap="md">
              {group.fields.map((field) => {
                const fault = faults.find(({ path }) => path === field.path);
                return (
                  <NumberInput
                    key={field.path}
                    label={field.label}
                    name={field.path}
                    value={values[field.path] ?? field.value}
                    min={field.min}
                    max={field.max}
                    precision={field.decimals}
                    error={fault !== undefined}
                    validationMessage={fault?.message ?? ""}
                    onInput={(value) => change(field, value)}
                  />
                );
              })}
            </AutoGrid>
          </Part>
        </Accordion>
      ))}
    </Part>
  );
}

function titleOf(
  { label, fields }: ModelDraftView["form"][number],
  values: ValuesByPath,
  faults: ModelFormProps["faults"],
): string {
  if (faults.some((fault) => fields.some(({ path }) => path === fault.path))) return `${label} (look here)`;
  return fields.some(({ path }) => path in values) ? `${label} (changed)` : label;
}
