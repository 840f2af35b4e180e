import {
  Alert,
  EmptyState,
  ErrorState,
  Flex,
  Heading,
  hubspot,
  Tab,
  Tabs,
  Text,
  useExtensionContext,
} from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { NotConfigured } from "@touchstone/screens/not-configured.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { type BulkChoicesView, mostBulk } from "@touchstone/shared/bulk-api.ts";
import { createReaderFormat } from "@touchstone/shared/reader-format.ts";
import { viewOnlyOf } from "@touchstone/shared/view-only-of.ts";
import { useMemo, useState } from "react";
import { type BulkServer, createBulkServer } from "./bulk-server.ts";
import { EnrolAct } from "./enrol-act.tsx";
import { TierAct } from "./tier-act.tsx";

hubspot.extend<"crm.bulkActions">(() => <BulkAction />);

/** Two acts on the companies that were chosen in HubSpot's list: enrol them in a play, or set their tier. */
export function BulkAction() {
  const { variables, crm } = useExtensionContext<"crm.bulkActions">();
  const origin = variables?.apiOrigin;
  if (typeof origin !== "string") return <NotConfigured />;
  if (crm.objectIds.length === 0) {
    return (
      <EmptyState title="No company is chosen" layout="vertical" imageName="companies" imageWidth={120}>
        <Text>Tick some in the list, then open this again.</Text>
      </EmptyState>
    );
  }
  return <Chosen origin={origin} companyIds={crm.objectIds.map(String)} />;
}

function Chosen({ origin, companyIds }: { origin: string; companyIds: readonly string[] }) {
  const server = useMemo(() => createBulkServer(origin, hubspot.fetch), [origin]);
  const source = useAnswer(server.getChoices);
  return (
    <Flex direction="column" gap="md">
      <Heading>{`${counted(companyIds.length)} chosen`}</Heading>
      <Answered source={source} what="plays and tiers">
        {(choices) => {
          const viewOnly = viewOnlyOf(choices);
          if (viewOnly === null) return <Acts server={server} companyIds={companyIds} choices={choices} />;
          return (
            <ErrorState title="You may only look" type="lock">
              <Text>{viewOnly}</Text>
            </ErrorState>
          );
        }}
      </Answered>
    </Flex>
  );
}

interface ActsProps {
  readonly server: BulkServer;
  readonly companyIds: readonly string[];
  readonly choices: BulkChoicesView;
}

function Acts({ server, companyIds, choices }: ActsProps) {
  const { user, portal } = useExtensionContext<"crm.bulkActions">();
  const format = useMemo(
    () => createReaderFormat({ locale: user.locale, timeZone: portal.timezone }),
    [user.locale, portal.timezone],
  );
  const [open, setOpen] = useState("enrol");
  const [from, setFrom] = useState(0);
  const taken = companyIds.slice(from, from + mostBulk);
  const left = companyIds.length - from - taken.length;
  const next = left > 0 ? { count: Math.min(left, mostBulk), go: () => setFrom(from + mostBulk) } : null;
  const act = { server, companyIds: taken, choices, next };
  return (
    <Flex direction="column" gap="md">
      {companyIds.length > mostBulk ? (
        <Alert title={`One act takes ${mostBulk} companies`} variant="info">
          {`These are ${from + 1} to ${from + taken.length} of those that you chose.${next === null ? "" : " The others come after them; none is lost."}`}
        </Alert>
      ) : null}
      <Tabs selected={open} onSelectedChange={(id: string | number) => setOpen(String(id))}>
        <Tab tabId="enrol" title="Enrol in a play">
          {open === "enrol" ? <EnrolAct {...act} /> : null}
        </Tab>
        <Tab tabId="tier" title="Set a tier">
          {open === "tier" ? <TierAct {...act} format={format} /> : null}
        </Tab>
      </Tabs>
    </Flex>
  );
}

const counted = (count: number): string => (count === 1 ? "1 company" : `${count} companies`);
