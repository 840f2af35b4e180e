import { Alert, Button, ButtonRow, Divider, Heading, Inline, Tag, Text, Tooltip } from "@hubspot/ui-extensions";
import type { StageView } from "@touchstone/shared/account-stage.ts";
import type { CommitteePersonView } from "@touchstone/shared/committee-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { PersonCardView } from "@touchstone/shared/record-cards-api.ts";
import { AccountLine } from "./account-line.tsx";
import { Column } from "./column.tsx";
import { datedText } from "./dated-text.ts";
import { Listed } from "./listed.tsx";
import { RolePanel } from "./role-panel.tsx";
import { Small } from "./small.tsx";
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
    <Column gap="md">
      {part === null ? null : <WhoTheyAre part={part} level={view.levelText} />}
      {account?.state === "excluded" ? (
        <Alert title="Leave it alone" variant="danger">
          {view.messageGap}
        </Alert>
      ) : (
        <WhatToSay view={view} stage={stage} format={format} />
      )}
      <Listed
        title="What they did"
        lines={view.evidence.map((line) => datedText(line, format))}
        empty="Nothing in the last 180 days."
      />
      {part === null || account === null ? null : (
        <Writes>
          <ButtonRow>
            <Button
              variant="primary"
              overlay={
                <RolePanel
                  person={part}
                  fields={view.form}
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
      {view.alsoAt.length === 0 ? null : <Small>{`Also at ${view.alsoAt.join(", ")}`}</Small>}
    </Column>
  );
}

const levels =
  "How far somebody has come: 1 aware, 2 interested, 3 engaged, 4 evaluating, 5 advocating. By what they did in the last 180 days.";

function WhoTheyAre({ part, level }: { part: CommitteePersonView; level: string | null }) {
  const roles = part.roles.map(({ label }) => label).join(", ") || "No role yet";
  return (
    <Column>
      <Inline gap="sm" align="center">
        <Heading>{roles}</Heading>
        <Tag variant={part.level >= 3 ? "success" : "default"} overlay={<Tooltip>{levels}</Tooltip>}>
          {level}
        </Tag>
        {part.gone === null ? null : <Tag variant="error">{part.gone === "departed" ? "Left" : "Email bounces"}</Tag>}
      </Inline>
      <Small>{part.levelReason}</Small>
      {part.canonicalRoles.includes("blocker") ? (
        <Small>A blocker’s activity is listed and never adds points.</Small>
      ) : null}
    </Column>
  );
}

interface WhatToSayProps {
  readonly view: PersonCardView;
  readonly stage: StageView | null;
  readonly format: ReaderFormat;
}

function WhatToSay({ view, stage, format }: WhatToSayProps) {
  return (
    <Column>
      <Heading>What to say now</Heading>
      <Text>{view.message ?? view.messageGap}</Text>
      {stage === null ? null : <Small>{stageText(stage, format)}</Small>}
    </Column>
  );
}
