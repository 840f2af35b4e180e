import { Flex, Heading, Select, Text } from "@hubspot/ui-extensions";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { Refused } from "@touchstone/screens/refused.tsx";
import { useWrite } from "@touchstone/screens/use-write.ts";
import type { CommitteeSettingsView } from "@touchstone/shared/committee-api.ts";
import { settingsApi } from "@touchstone/shared/settings-api.ts";
import { useSettings } from "./settings-context.ts";

interface RoleTaxonomyProps {
  readonly view: CommitteeSettingsView;
  show(view: CommitteeSettingsView): void;
}

/** Four ways to name the roles of a committee; going from one to another loses nothing (T28). */
export function RoleTaxonomy({ view, show }: RoleTaxonomyProps) {
  const { ask, access } = useSettings();
  const write = useWrite();
  const chosen = view.taxonomies.find(({ key }) => key === view.taxonomy);
  const change = async (body: { taxonomy: string } | { writeRoles: boolean }, done: string) => {
    const { method, path } = settingsApi.changeRoles;
    const changed = await write.send(
      () => ask<CommitteeSettingsView>({ method, path: path(), body, field: "taxonomies" }),
      done,
    );
    if (changed !== null) show(changed);
  };
  return (
    <Flex direction="column" gap="sm">
      <Heading>Buying roles</Heading>
      <Select
        label="How the roles of a committee are named"
        name="taxonomy"
        readOnly={!access.mayChange || write.busy}
        value={view.taxonomy}
        options={view.taxonomies.map(({ key, label }) => ({ value: key, label }))}
        onChange={(value) =>
          void change(
            { taxonomy: String(value) },
            "Roles are named this way from now on. What was said before is kept.",
          )
        }
      />
      <Select
        label="HubSpot's own buying role"
        name="write-roles"
        description="Whether roles that are given in Touchstone are written there too. What was written stays when you take it back."
        readOnly={!access.mayChange || write.busy}
        value={view.writeRoles}
        options={[
          { value: false, label: "Leave it as it is" },
          { value: true, label: "Add the roles that are given here" },
        ]}
        onChange={(value) =>
          void change(
            { writeRoles: value === true },
            value === true ? "Roles are written to HubSpot from now on." : "Roles are no longer written to HubSpot.",
          )
        }
      />
      <Refused write={write} />
      <Text>Changing it takes effect at once, and going back loses nothing that was said of people.</Text>
      <PlainTable
        columns={["Role", "For coverage", "Cares about"]}
        rows={(chosen?.roles ?? []).map(({ key, label, required, caresAbout }) => ({
          key,
          cells: [label, required ? "needed" : "known, not looked for", caresAbout ?? ""],
        }))}
      />
    </Flex>
  );
}
