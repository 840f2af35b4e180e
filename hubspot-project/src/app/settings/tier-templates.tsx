import { Text } from "@hubspot/ui-extensions";
import { ConfirmButton } from "@touchstone/screens/confirm-button.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import {
  type PublishedTiersView,
  type PublishTiersRequest,
  type TiersView,
  tiersApi,
} from "@touchstone/shared/tiers-api.ts";
import { useSettings } from "./settings-context.ts";
import { usePost } from "./use-post.ts";

interface TierTemplatesProps {
  readonly view: TiersView;
  refresh(): void;
}

export function TierTemplates({ view, refresh }: TierTemplatesProps) {
  const { access } = useSettings();
  const write = usePost();
  const publish = async (template: string, name: string) => {
    const body: PublishTiersRequest = { template, version: view.version };
    const done = await write.post<PublishedTiersView>(
      tiersApi.publishTiers.path(),
      body,
      "readingNow",
      `The tiers are those of ${name} now.`,
    );
    if (done !== null) refresh();
    return done !== null;
  };
  return (
    <Part title="Templates">
      <PlainTable
        columns={["Template", "What it does", "Use"]}
        rows={view.templates.map(({ key, name, description }) => ({
          key,
          cells: [
            name,
            description,
            <ConfirmButton
              key="use"
              id={`tiers-${key}`}
              label={`Use ${name}`}
              title={`Tiers of ${name}?`}
              small
              disabled={!access.mayChange || key === view.programme.key}
              write={write}
              confirm={() => publish(key, name)}
            >
              <Text>
                The tiers take the place of the present ones as the next version, and places are given anew within
                seconds. Accounts keep their history; caps of your own are replaced by those of the template.
              </Text>
            </ConfirmButton>,
          ],
        }))}
      />
    </Part>
  );
}
