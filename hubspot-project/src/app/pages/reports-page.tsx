import { Button, ButtonRow, Flex, Inline, Select } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { useAnswer } from "@touchstone/screens/use-answer.ts";
import { type ReportDays, type ReportKey, reportDays, reportKeys } from "@touchstone/shared/reports-api.ts";
import { useCallback, useState } from "react";
import { useClient } from "./client-context.ts";
import { CostsPart } from "./costs-part.tsx";
import { Nothing } from "./nothing.tsx";
import { ReportTable } from "./report-table.tsx";

const names: Readonly<Record<ReportKey, string>> = {
  reach: "who was reached",
  "follow-up": "the hot accounts",
  committees: "the committees",
  stages: "the stages",
  plays: "the plays",
  list: "the target list",
  pipeline: "the pipeline",
  deals: "the closed deals",
  "back-test": "the scores",
};
const periods = reportDays.map((days) => ({ value: days, label: `The last ${days} days` }));

/** Whether the programme works: each figure with what it is made of and how far chance may carry it (market.md §5). */
export function ReportsPage() {
  const [days, setDays] = useState<ReportDays>(90);
  /** Another turn begins every section anew. */
  const [turn, setTurn] = useState(0);
  const choose = (value: unknown) => {
    const chosen = reportDays.find((one) => one === Number(value));
    if (chosen !== undefined) setDays(chosen);
  };
  return (
    <Flex direction="column" gap="lg">
      <Inline>
        <Select label="Period" name="days" value={days} options={periods} onChange={choose} />
      </Inline>
      {reportKeys.map((key) => (
        <Report key={`${key} ${turn}`} name={key} days={days} />
      ))}
      <CostsPart key={turn} changed={() => setTurn(turn + 1)} />
      <ButtonRow>
        <Button variant="secondary" onClick={() => setTurn(turn + 1)}>
          Refresh
        </Button>
      </ButtonRow>
    </Flex>
  );
}

interface ReportProps {
  readonly name: ReportKey;
  readonly days: ReportDays;
}

function Report({ name, days }: ReportProps) {
  const client = useClient();
  const source = useAnswer(useCallback(() => client.getReport(name, days), [client, name, days]));
  return (
    <Answered source={source} what={names[name]}>
      {({ section, empty }) => {
        if (empty !== null) return <Nothing text={empty} />;
        return section === null ? null : <ReportTable section={section} />;
      }}
    </Answered>
  );
}
