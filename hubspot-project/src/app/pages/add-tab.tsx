import { Select } from "@hubspot/ui-extensions";
import { useWrite } from "@touchstone/screens/use-write.ts";
import { sourceLabels } from "@touchstone/shared/target-list-api.ts";
import { useState } from "react";
import { useClient } from "./client-context.ts";
import { LinesForm } from "./lines-form.tsx";

const sources = Object.entries(sourceLabels).map(([value, label]) => ({ value, label }));

/** A list from somewhere else, pasted (market.md row 8). */
export function AddTab() {
  const client = useClient();
  const write = useWrite("screen");
  const [source, setSource] = useState("sales");
  const send = async (accounts: readonly string[]) => {
    const answer = await write.send(() => client.addToList(accounts, source), "");
    return (
      answer && {
        summary: `New on the list: ${answer.added} · on it before: ${answer.known} · not taken: ${answer.rejected}`,
        lines: answer.lines.map(({ name, message }) => `${name}: ${message}`),
      }
    );
  };
  return (
    <LinesForm
      title="Add accounts to the target list"
      label="Companies"
      description="One a line, at most 500: the domain, the name as HubSpot has it, or the id of the record."
      between={/[\r\n]+/}
      write={write}
      send={send}
    >
      <Select
        label="Where the list comes from"
        name="source"
        value={source}
        options={sources}
        onChange={(value) => setSource(String(value))}
      />
    </LinesForm>
  );
}
