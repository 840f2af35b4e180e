import { Divider, Tab, Tabs } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { type AccountSummaryView, panelPath } from "@touchstone/shared/record-cards-api.ts";
import { useState } from "react";
import { AxisBars } from "./axis-bars.tsx";
import { CardActions } from "./card-actions.tsx";
import { CardBody } from "./card-states.tsx";
import { changeText } from "./change-text.ts";
import { Column } from "./column.tsx";
import { CommitteePanel } from "./committee-panel.tsx";
import { Headline } from "./headline.tsx";
import { HotBanner } from "./hot-banner.tsx";
import { Listed } from "./listed.tsx";
import { NextStep } from "./next-step.tsx";
import { PlaysPanel } from "./plays-panel.tsx";
import { QuestionsPanel } from "./questions-panel.tsx";
import { raiseText } from "./raise-text.ts";
import { Risks } from "./risks.tsx";
import { ScoreNumbers } from "./score-numbers.tsx";
import type { LiveAnswer } from "./use-live-answer.ts";
import { usePanel } from "./use-panel.ts";
import type { Server } from "./use-server.ts";
import { WhatCounts } from "./what-counts.tsx";

const mostRaises = 3;

interface AccountScoreProps {
  readonly view: AccountView;
  readonly source: LiveAnswer<AccountView>;
  readonly server: Server;
  readonly format: ReaderFormat;
}

/** What a rep must see in five seconds first, what proves it after (market.md §4). */
export function AccountScore({ view, source, server, format }: AccountScoreProps) {
  const [open, setOpen] = useState<string>("why");
  const scored = view.state === "scored";
  const { companyId, hot, hotAnswer } = view;
  const [pressed, setPressed] = useState(0);
  // The next step rests on the outreach clock, which a colleague may stop and which ends by itself: the score stays then.
  const stamp = [view.scoredAt, pressed, hot?.dueAt, hot?.missed, hotAnswer?.state].join();
  const summary = usePanel<AccountSummaryView>(server, panelPath(companyId, "summary"), stamp);
  const refresh = () => {
    source.refresh();
    setPressed((times) => times + 1);
  };
  const panel = { companyId, server, format, stamp, changed: refresh };
  return (
    <Column gap="md">
      <HotBanner view={view} format={format} />
      <Headline view={view} />
      {scored ? (
        <CardBody source={summary} what="the next step">
          {(next) => <NextStep summary={next} open={setOpen} />}
        </CardBody>
      ) : null}
      {scored ? <ScoreNumbers view={view} format={format} /> : null}
      <Tabs selected={open} onSelectedChange={(tab: string | number) => setOpen(String(tab))}>
        <Tab tabId="why" title="Why">
          {open === "why" ? <Why view={view} format={format} /> : null}
        </Tab>
        <Tab tabId="committee" title="Committee">
          {open === "committee" ? <CommitteePanel {...panel} /> : null}
        </Tab>
        <Tab tabId="plays" title="Plays">
          {open === "plays" ? <PlaysPanel {...panel} /> : null}
        </Tab>
        <Tab tabId="questions" title="Questions">
          {open === "questions" ? <QuestionsPanel {...panel} /> : null}
        </Tab>
      </Tabs>
      <Divider />
      <CardActions view={view} source={{ ...source, refresh }} format={format} />
    </Column>
  );
}

/** What proves the number; every point is one press away. */
function Why({ view, format }: Pick<AccountScoreProps, "view" | "format">) {
  const scored = view.state === "scored";
  const { lastChange } = view;
  const raises = scored ? view.raises.slice(0, mostRaises).map((raise) => raiseText(raise, format)) : [];
  return (
    <Column gap="md">
      {scored && view.priority !== null ? <AxisBars score={view.priority} format={format} /> : null}
      {scored ? <WhatCounts highlights={view.highlights} format={format} /> : null}
      <Risks risks={view.risks} />
      <Listed title="What would raise it" lines={raises} />
      <Listed
        title="Last change"
        lines={lastChange === null ? [] : [changeText(lastChange, format), ...lastChange.reasons]}
      />
    </Column>
  );
}
