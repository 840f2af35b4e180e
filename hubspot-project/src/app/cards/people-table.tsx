import {
  Inline,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Tag,
  Text,
} from "@hubspot/ui-extensions";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import type { CommitteeCardView, CommitteeRowView } from "@touchstone/shared/record-cards-api.ts";
import type { ReactNode } from "react";

/** "3 of 5 roles are covered. Missing: Economic buyer, Approver." */
export function CoverageLine({ coverage }: Pick<CommitteeCardView, "coverage">) {
  const { covered, required, missing } = coverage;
  return (
    <Inline gap="sm" align="center">
      <Text format={{ fontWeight: "demibold" }}>{`${covered} of ${required} roles covered`}</Text>
      {missing.map((role) => (
        <Tag key={role} variant="warning">{`Missing: ${role}`}</Tag>
      ))}
    </Inline>
  );
}

interface PeopleTableProps {
  readonly people: readonly CommitteeRowView[];
  readonly format: ReaderFormat;
  children?(person: CommitteeRowView): ReactNode;
}

export function PeopleTable({ people, format, children: action }: PeopleTableProps) {
  return (
    <Table flush density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader>Person</TableHeader>
          <TableHeader>Role and level</TableHeader>
          <TableHeader>Buying signal</TableHeader>
          <TableHeader>Message now</TableHeader>
          {action ? <TableHeader width="min"> </TableHeader> : null}
        </TableRow>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.personId}>
            <TableCell>
              <Text format={{ fontWeight: "demibold" }}>{person.name}</Text>
              <Text variant="microcopy">{person.title ?? "No title"}</Text>
            </TableCell>
            <TableCell>
              <Text>{person.roles.map(({ label }) => label).join(", ") || "No role yet"}</Text>
              <Text variant="microcopy">{`Level ${person.level} of 5`}</Text>
              {person.gone === null ? null : <Text variant="microcopy">Cannot be reached any more</Text>}
            </TableCell>
            <TableCell>
              <Text>{person.buyingSignal ?? "—"}</Text>
              {person.lastTouchAt === null ? null : <Text variant="microcopy">{format.day(person.lastTouchAt)}</Text>}
            </TableCell>
            <TableCell>{person.message ?? "—"}</TableCell>
            {action ? (
              <TableCell width="min" align="right">
                {action(person)}
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
