import { Panel, PanelBody, PanelSection, Tab, Tabs, Text } from "@hubspot/ui-extensions";
import type { AccountView, ScoreView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { Column } from "./column.tsx";
import { LedgerTable } from "./ledger-table.tsx";
import { Listed } from "./listed.tsx";
import { Small } from "./small.tsx";

interface LedgerPanelProps {
  readonly view: AccountView;
  readonly format: ReaderFormat;
}

/** Every point of both scores, with the rule, the evidence and the arithmetic. */
export function LedgerPanel({ view, format }: LedgerPanelProps) {
  const scores = [view.priority, view.readiness].filter((score) => score !== null);
  return (
    <Panel id="touchstone-every-point" title="Every point" width="lg">
      <PanelBody>
        <PanelSection flush>
          <Tabs defaultSelected="priority">
            {scores.map((score) => (
              <Tab key={score.model.purpose} tabId={score.model.purpose} title={titleOf(score, format)}>
                <Ledger score={score} scoredAt={view.scoredAt} format={format} />
              </Tab>
            ))}
          </Tabs>
        </PanelSection>
      </PanelBody>
    </Panel>
  );
}

function titleOf(score: ScoreView, format: ReaderFormat): string {
  const name = score.model.purpose === "priority" ? "Priority" : "Readiness";
  return score.score === null ? name : `${name}: ${format.score(score.score)} of ${format.score(score.max)}`;
}

interface LedgerProps {
  readonly score: ScoreView;
  readonly scoredAt: number | null;
  readonly format: ReaderFormat;
}

function Ledger({ score, scoredAt, format }: LedgerProps) {
  const when = scoredAt === null ? "" : `, scored ${format.moment(scoredAt)}`;
  return (
    <Column gap="sm">
      <Text>{score.coverageText}</Text>
      <Small>{`Model “${score.model.name}”, version ${score.model.version}${when}.`}</Small>
      <LedgerTable score={score} format={format} />
      <Listed title="Gates and actions" lines={score.checks} />
    </Column>
  );
}
