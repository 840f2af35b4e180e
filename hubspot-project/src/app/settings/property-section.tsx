import { EmptyState, StatusTag, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { type ReadPropertyView, type SettingsPropertiesView, settingsApi } from "@touchstone/shared/settings-api.ts";
import { CompareNow } from "./compare-now.tsx";
import { useSettings } from "./settings-context.ts";
import { useSection } from "./use-section.ts";

const states = {
  found: { variant: "success", label: "Found" },
  look: { variant: "warning", label: "Look at it" },
  missing: { variant: "danger", label: "Missing" },
  unread: { variant: "info", label: "Not read yet" },
} as const satisfies Record<ReadPropertyView["state"], object>;

/** Company properties that the models and tiers read, as they were found in this portal. */
export function PropertySection() {
  const { format } = useSettings();
  const source = useSection<SettingsPropertiesView>(settingsApi.properties, "properties");
  return (
    <Answered source={source} what="the properties">
      {({ properties, comparedAt }) => (
        <Part gap="md">
          <Text>
            {comparedAt === null
              ? "Not compared with this portal's properties yet: that happens every night, or now."
              : `Compared with this portal's properties ${format.moment(comparedAt)}.`}
          </Text>
          <CompareNow refresh={source.refresh} />
          {properties.length === 0 ? (
            <EmptyState title="The active models read no company property">They rest on what people did.</EmptyState>
          ) : (
            <PlainTable
              columns={["Property", "State", "What to do", "Read by"]}
              rows={properties.map(({ name, state, text, readBy }) => ({
                key: name,
                cells: [
                  name,
                  <StatusTag key="state" variant={states[state].variant}>
                    {states[state].label}
                  </StatusTag>,
                  text,
                  readBy.join("; "),
                ],
              }))}
            />
          )}
        </Part>
      )}
    </Answered>
  );
}
