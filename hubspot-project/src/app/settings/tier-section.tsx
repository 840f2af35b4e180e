import { ButtonRow, LoadingButton, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { Notices } from "@touchstone/screens/notices.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import { type TiersView, type TierView, tiersApi } from "@touchstone/shared/tiers-api.ts";
import { guideRows } from "./guide-rows.ts";
import { TierCaps } from "./tier-caps.tsx";
import { TierMembers } from "./tier-members.tsx";
import { TierPeople } from "./tier-people.tsx";
import { TierTemplates } from "./tier-templates.tsx";
import { useSection } from "./use-section.ts";
import { Words } from "./words.tsx";

/** What the tiers are, how many places each has, and who or what bounds them. */
export function TierSection() {
  const source = useSection<TiersView>(tiersApi.listTiers.path(), "tiers");
  return (
    <Answered source={source} what="the tiers">
      {(view) => (
        <Part gap="lg">
          <Notices title="These do not fit together" lines={view.warnings} />
          <Part title={`${view.programme.name}, version ${view.version}`}>
            <Text>{view.programme.description}</Text>
            <Text variant="microcopy">
              {view.pending
                ? "Places are being given anew: read this again in a moment."
                : `Source: ${guideRows(view.programme.source)}.`}
            </Text>
            <PlainTable
              columns={["Tier", "Accounts", "Waiting", "Places", "By the tiers", "By the people", "Bound by"]}
              rows={view.tiers.map(toRow)}
            />
            <Words of={["band", "cap", "capacity"]} />
          </Part>
          {view.pending ? (
            <ButtonRow>
              <LoadingButton variant="secondary" loading={source.refreshing} onClick={source.refresh}>
                Read again
              </LoadingButton>
            </ButtonRow>
          ) : null}
          <TierMembers view={view} refresh={source.refresh} />
          <TierCaps key={`caps ${view.version}`} view={view} refresh={source.refresh} />
          <TierPeople view={view} show={source.show} />
          <TierTemplates view={view} refresh={source.refresh} />
        </Part>
      )}
    </Answered>
  );
}

const bounds = {
  template: "the tiers",
  sales: "sales: its people can work no more",
  marketing: "marketing: its people can work no more",
} as const;
const places = (count: number | null) => count ?? "no limit";

const toRow = ({ key, name, members, waiting, cap }: TierView) => ({
  key,
  cells: [
    name,
    members,
    waiting,
    places(cap.effective),
    places(cap.template),
    places(cap.capacity),
    cap.limitedBy === null ? "nothing" : bounds[cap.limitedBy],
  ],
});
