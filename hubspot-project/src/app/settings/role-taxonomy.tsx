import { ButtonRow, Select, Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import type { CommitteeSettingsView } from "@touchstone/shared/committee-api.ts";
import { settingsApi } from "@touchstone/shared/settings-api.ts";
import { useState } from "react";
import { useSettings } from "./settings-context.ts";
import { useUnsaved } from "./unsaved.ts";
import { usePost } from "./use-post.ts";
import { Words } from "./words.tsx";

interface RoleTaxonomyProps {
  readonly view: CommitteeSettingsView;
  show(view: CommitteeSettingsView): void;
}

/** Four ways to name the roles of a committee; going from one to another loses nothing (T28). */
export function RoleTaxonomy({ view, show }: RoleTaxonomyProps) {
  const { access } = useSettings();
  const [taxonomy, setTaxonomy] = useState<string>(view.taxonomy);
  const [writeRoles, setWriteRoles] = useState(view.writeRoles);
  const names = view.taxonomies.find(({ key }) => key === taxonomy);
  const isTyped = taxonomy !== view.taxonomy || writeRoles !== view.writeRoles;
  useUnsaved("the choice of roles", isTyped);
  return (
    <Part title="Buying roles">
      <Select
        label="How the roles of a committee are named"
        name="taxonomy"
        description="The roles of each way stand below. Nothing changes before you save."
        readOnly={!access.mayChange}
        value={taxonomy}
        options={view.taxonomies.map(({ key, label }) => ({ value: key, label }))}
        onChange={(value) => setTaxonomy(String(value))}
      />
      <Select
        label="HubSpot's own buying role"
        name="write-roles"
        description="Whether roles that are given in Touchstone are written there too."
        readOnly={!access.mayChange}
        value={writeRoles}
        options={[
          { value: false, label: "Leave it as it is" },
          { value: true, label: "Add the roles that are given here" },
        ]}
        onChange={(value) => setWriteRoles(value === true)}
      />
      <PlainTable
        columns={["Role", "For coverage", "Cares about"]}
        rows={(names?.roles ?? []).map(({ key, label, required, caresAbout }) => ({
          key,
          cells: [label, required ? "needed" : "known, not looked for", caresAbout ?? ""],
        }))}
      />
      <Words of={["coverage"]} />
      <ButtonRow>
        <SaveRoles view={view} chosen={{ taxonomy, writeRoles }} show={show} />
      </ButtonRow>
    </Part>
  );
}

interface SaveRolesProps extends RoleTaxonomyProps {
  readonly chosen: { readonly taxonomy: string; readonly writeRoles: boolean };
}

function SaveRoles({ view, chosen, show }: SaveRolesProps) {
  const { access } = useSettings();
  const write = usePost();
  const changes = {
    ...(chosen.taxonomy !== view.taxonomy && { taxonomy: chosen.taxonomy }),
    ...(chosen.writeRoles !== view.writeRoles && { writeRoles: chosen.writeRoles }),
  };
  const save = async () => {
    const saved = await write.post<CommitteeSettingsView>(
      settingsApi.roles,
      changes,
      "taxonomies",
      "The roles are saved.",
    );
    if (saved !== null) show(saved);
    return saved !== null;
  };
  return (
    <ConfirmButton
      id="save-roles"
      label="Save the roles"
      title="Change the roles for everybody?"
      disabled={!access.mayChange || Object.keys(changes).length === 0}
      write={write}
      confirm={save}
    >
      {changes.taxonomy === undefined ? null : (
        <Text>{view.taxonomies.find(({ key }) => key === changes.taxonomy)?.effect}</Text>
      )}
      {changes.writeRoles === undefined ? null : (
        <Text>{view.writingEffect[changes.writeRoles ? "begins" : "ends"]}</Text>
      )}
    </ConfirmButton>
  );
}
