import {
  ButtonRow,
  Form,
  LoadingButton,
  MultiSelect,
  Panel,
  PanelBody,
  PanelSection,
  Select,
  TextArea,
  useExtensionActions,
} from "@hubspot/ui-extensions";
import type { FormField, FormValue, FormValues, FormView } from "@touchstone/shared/form-fields.ts";
import { type ReactNode, useState } from "react";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";
import type { Server } from "./use-server.ts";
import { useWrite } from "./use-write.ts";

interface FormPanelProps {
  readonly id: string;
  readonly title: string;
  readonly form: FormView;
  /** What the button says that sends it. */
  readonly yes: string;
  /** Said when it was kept. */
  readonly done: string;
  readonly server: Server;
  readonly path: string;
  /** Goes with what was changed, which alone is sent. */
  readonly also: FormValues;
  saved(): void;
  children?(now: FormValues, change: (key: string, value: FormValue) => void): ReactNode;
}

/** A form beside the card, as the server describes it: only what somebody changed in it is sent. */
export function FormPanel({ id, title, form, yes, done, server, path, also, saved, children }: FormPanelProps) {
  const { closeOverlay } = useExtensionActions<"crm.record.tab">();
  const [changed, setChanged] = useState<FormValues>({});
  const { writing, write } = useWrite(server);
  const now = { ...form.values, ...changed };
  const change = (key: string, value: FormValue) => setChanged({ ...changed, [key]: value });
  const save = async () => {
    if (!(await write(path, { ...also, ...changed }, done))) return;
    closeOverlay(id);
    saved();
  };
  return (
    <Panel id={id} title={title} width="sm">
      <PanelBody>
        <PanelSection>
          <Form onSubmit={() => void save()}>
            <Column gap="md">
              {form.fields.map((field) => (
                <Field key={field.key} field={field} value={now[field.key] ?? ""} change={change} />
              ))}
              {children?.(now, change)}
              <ButtonRow>
                <LoadingButton variant="primary" type="submit" loading={writing}>
                  {yes}
                </LoadingButton>
              </ButtonRow>
              <Small>{form.note}</Small>
            </Column>
          </Form>
        </PanelSection>
      </PanelBody>
    </Panel>
  );
}

interface FieldProps {
  readonly field: FormField;
  readonly value: NonNullable<FormValue>;
  change(key: string, value: FormValue): void;
}

function Field({ field: { key, label, detail, kind, options }, value, change }: FieldProps) {
  const base = { label, name: key, description: detail };
  const set = (next: FormValue) => change(key, next);
  if (typeof value === "object")
    return (
      <MultiSelect {...base} options={[...options]} value={[...value]} onChange={(next) => set(next.map(String))} />
    );
  if (kind === "text") return <TextArea {...base} maxLength={500} value={String(value)} onInput={set} />;
  return <Select {...base} options={[...options]} value={value} onChange={(next) => set(next === "" ? null : next)} />;
}
