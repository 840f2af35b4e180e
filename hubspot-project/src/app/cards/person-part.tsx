import { Alert, Button, ButtonRow, Divider, Flex, Heading, Inline, Tag, Text } from "@hubspot/ui-extensions";
import type { StageView } from "@touchstone/shared/account-stage.ts";
import type { CommitteePersonView } from "@touchstone/shared/committee-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { PersonCardView } from "@touchstone/shared/record-cards-api.ts";
import { AccountLine } from "./account-line.tsx";
import { DatedLines } from "./dated-lines.tsx";
import { RolePanel } from "./role-panel.tsx";
import { stageText } from "./stage-text.ts";
import type { Server } from "./use-server.ts";
import { Writes } from "./writes.tsx";

interface PersonPartProps {
  readonly view: PersonCardView;
  readonly format: ReaderFormat;
  readonly server: Server;
  saved(): void;
}

/** What to say to this person first, what proves it after. */
export function PersonPart({ view, format, server, saved }: PersonPartProps) {
  const { part, account, stage } = view;
  return (
    <Flex direction="column" gap="md">
      {part === null ? null : <WhoTheyAre part={part} level={view.levelLabel} />}
      {account?.state === "excluded" ? (
        <Alert title={account.headline} variant="danger">
          {view.messageGap}
        </Alert>
      ) : (
        <WhatToSay view={view} stage={stage} format={format} />
      )}
      <DatedLines title="What they did" lines={view.evidence} empty="Nothing in the last 180 days." format={format} />
      {part === null || account === null ? null : (
        <Writes>
          <ButtonRow>
            <Button
              variant="primary"
              overlay={
                <RolePanel
                  key={part.roles.map(({ key }) => key).join()}
                  person={part}
                  choices={view.choices}
                  companyId={account.companyId}
                  server={server}
                  saved={saved}
                />
              }
            >
              {part.roles.length === 0 ? "Give a role" : "Change the role"}
            </Button>
          </ButtonRow>
        </Writes>
      )}
      <Divider />
      {account === null ? null : <AccountLine account={account} />}
      {view.alsoAt.length === 0 ? null : <Text variant="microcopy">{`Also at ${view.alsoAt.join(", ")}`}</Text>}
    </Flex>
  );
}

function WhoTheyAre({ part, level }: { part: CommitteePersonView; level: string | null }) {
  const roles = part.roles.map(({ label }) => label).join(", ") || "No role yet";
  return (
    <Flex direction="column" gap="xs">
      <Inline gap="sm" align="center">
        <Heading>{roles}</Heading>
        <Tag variant={part.level >= 3 ? "success" : "default"}>{`Level ${part.level} of 5: ${level}`}</Tag>
        {part.gone === null ? null : <Tag variant="error">{part.gone === "departed" ? "Left" : "Email bounces"}</Tag>}
      </Inline>
      <Text variant="microcopy">{part.levelReason}</Text>
      {part.canonicalRoles.includes("blocker") ? (
        <Text variant="microcopy">A blocker’s activity is listed and never adds points.</Text>
      ) : null}
    </Flex>
  );
}

interface WhatToSayProps {
  readonly view: PersonCardView;
  readonly stage: StageView | null;
  readonly format: ReaderFormat;
}

function WhatToSay({ view, stage, format }: WhatToSayProps) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>What to say now</Heading>
      <Text>{view.message ?? view.messageGap}</Text>
      {stage === null ? null : <Text variant="microcopy">{stageText(stage, format)}</Text>}
    </Flex>
  );
}
