import { Divider, Flex } from "@hubspot/ui-extensions";
import type { AccountView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { AxisBars } from "./axis-bars.tsx";
import { CardActions } from "./card-actions.tsx";
import { Headline } from "./headline.tsx";
import { HotBanner } from "./hot-banner.tsx";
import { LastChange } from "./last-change.tsx";
import { Raises } from "./raises.tsx";
import { Risks } from "./risks.tsx";
import { ScoreNumbers } from "./score-numbers.tsx";
import type { LiveAnswer } from "./use-live-answer.ts";
import { WhatCounts } from "./what-counts.tsx";

interface AccountScoreProps {
  readonly view: AccountView;
  readonly source: LiveAnswer<AccountView>;
  readonly format: ReaderFormat;
}

/** What a rep must see in five seconds first, what proves it after (market.md §4). */
export function AccountScore({ view, source, format }: AccountScoreProps) {
  const scored = view.state === "scored";
  return (
    <Flex direction="column" gap="md">
      {view.hot === null ? null : <HotBanner hot={view.hot} />}
      <Headline view={view} />
      {scored ? <ScoreNumbers view={view} format={format} /> : null}
      {scored && view.priority !== null ? <AxisBars score={view.priority} format={format} /> : null}
      {scored ? <WhatCounts highlights={view.highlights} format={format} /> : null}
      <Risks risks={view.risks} />
      {scored ? <Raises raises={view.raises} format={format} /> : null}
      {view.lastChange === null ? null : <LastChange change={view.lastChange} format={format} />}
      <Divider />
      <CardActions view={view} source={source} format={format} />
    </Flex>
  );
}
