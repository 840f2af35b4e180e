import { Flex, Table, TableBody, TableHead, TableHeader, TableRow, Text } from "@hubspot/ui-extensions";
import { Answered } from "@touchstone/screens/answered.tsx";
import { RefreshRow } from "@touchstone/screens/refresh-row.tsx";
import { type AnswerSource, useAnswer } from "@touchstone/screens/use-answer.ts";
import type { TodayView } from "@touchstone/shared/home-api.ts";
import { useClient } from "./client-context.ts";
import { Nothing } from "./nothing.tsx";
import { TodayRow } from "./today-row.tsx";

/** Who to call, in order (market.md §4, SDR). */
export function TodayPage() {
  const source = useAnswer(useClient().getToday);
  return (
    <Answered source={source} what="the list of today">
      {(view) => <Today view={view} source={source} />}
    </Answered>
  );
}

const words = "Priority: how well an account fits us and how much it shows. Readiness: how soon somebody should act.";

function Today({ view, source }: { view: TodayView; source: AnswerSource<TodayView> }) {
  return (
    <Flex direction="column" gap="md">
      <Text format={{ fontWeight: "demibold" }}>{view.summary}</Text>
      {view.empty === null ? <TodayTable view={view} refresh={source.refresh} /> : <Nothing text={view.empty} />}
      {view.lines.length === 0 ? null : <Text variant="microcopy">{words}</Text>}
      {view.leftOut === "" ? null : <Text variant="microcopy">{view.leftOut}</Text>}
      <RefreshRow source={source} />
    </Flex>
  );
}

function TodayTable({ view, refresh }: { view: TodayView; refresh(): void }) {
  return (
    <Table bordered density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader width="min">#</TableHeader>
          <TableHeader>Account</TableHeader>
          <TableHeader width="max">Why now</TableHeader>
          <TableHeader>Who to call</TableHeader>
          <TableHeader>Time left</TableHeader>
          <TableHeader>Last touch</TableHeader>
          <TableHeader width="min" align="right">
            {" "}
          </TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {view.lines.map((line) => (
          <TodayRow key={line.companyId} line={line} refresh={refresh} />
        ))}
      </TableBody>
    </Table>
  );
}
