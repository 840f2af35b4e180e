import { Heading, Statistics, StatisticsItem, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Notices } from "@touchstone/screens/notices.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { type SettingsHealthView, settingsApi } from "@touchstone/shared/settings-api.ts";
import { ApiKeys } from "./api-keys.tsx";
import { CompareNow } from "./compare-now.tsx";
import { Disconnect } from "./disconnect.tsx";
import { useSettings } from "./settings-context.ts";
import { useSection } from "./use-section.ts";
import { ViewOnlyPeople } from "./view-only-people.tsx";

/** Whether the numbers can be relied on: how soon they come, what waits, what failed and why. */
export function HealthSection() {
  const source = useSection<SettingsHealthView>(settingsApi.health, "figures");
  return (
    <Answered source={source} what="the health of this portal">
      {(health) => (
        <Part gap="md">
          <Notices title="Look at this" lines={health.notices} />
          <Statistics>
            {health.figures.map(({ label, value, detail }) => (
              <StatisticsItem key={label} label={label} number={value}>
                <Text variant="microcopy">{detail}</Text>
              </StatisticsItem>
            ))}
          </Statistics>
          <LastSync sync={health.sync} />
          <Heading>Compared with HubSpot</Heading>
          <Text>{health.reconcile?.line ?? "Not compared yet: that happens every night, or now."}</Text>
          <CompareNow refresh={source.refresh} />
          <Troubles health={health} />
          <ApiKeys />
          <ViewOnlyPeople />
          <Heading>How long what is kept</Heading>
          <Lines lines={health.kept} most={10} />
          <Disconnect leaving={health.leaving} />
        </Part>
      )}
    </Answered>
  );
}

function LastSync({ sync }: Pick<SettingsHealthView, "sync">) {
  const { format } = useSettings();
  return (
    <>
      <Heading>Last sync</Heading>
      <PlainTable
        columns={["What", "When"]}
        rows={sync.map(({ label, at, never }) => ({
          key: label,
          cells: [label, at === null ? never : format.moment(at)],
        }))}
      />
    </>
  );
}

function Troubles({ health }: { health: SettingsHealthView }) {
  const { format } = useSettings();
  const { failedWrites, deadLetters, leastKnown } = health;
  return (
    <Part gap="md" title="What did not go through">
      {failedWrites.length === 0 ? (
        <Text>HubSpot took every result.</Text>
      ) : (
        <PlainTable
          columns={["Record", "Reason", "When"]}
          rows={failedWrites.map(({ id, name, reason, at }) => ({
            key: id,
            cells: [name, reason, format.moment(at)],
          }))}
        />
      )}
      {deadLetters.length === 0 ? null : (
        <PlainTable
          columns={["Laid aside", "Reason", "When"]}
          rows={deadLetters.map(({ subject, reason, at }) => ({
            key: subject,
            cells: [subject, reason, format.moment(at)],
          }))}
        />
      )}
      <Heading>Accounts without data</Heading>
      {leastKnown.length === 0 ? (
        <Text>A quarter of the priority model or more is known of every account.</Text>
      ) : (
        <PlainTable
          columns={["Account", "Of the priority model"]}
          rows={leastKnown.map(({ companyId, name, known }) => ({ key: companyId, cells: [name, known] }))}
        />
      )}
    </Part>
  );
}
