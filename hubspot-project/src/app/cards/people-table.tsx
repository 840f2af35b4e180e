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
import { Bold } from "./bold.tsx";
import { Small } from "./small.tsx";

/** "3 of 5 roles are covered. Missing: Economic buyer, Approver." */
export function CoverageLine({ coverage }: Pick<CommitteeCardView, "coverage">) {
  const { covered, required, missing } = coverage;
  return (
    <Inline gap="sm" align="center">
      <Bold>{`${covered} of ${required} roles covered`}</Bold>
      {missing.map((role) => (
        <Tag key={role} variant="warning">{`Missing: ${role}`}</Tag>
      ))}
    </Inline>
  );
}

interface PeopleTableProps {
  readonly people: readonly CommitteeRowView[];
  /** Nobody is to be approached: nothing is said of messages. */
  readonly excluded: boolean;
  readonly format: ReaderFormat;
  children?(person: CommitteeRowView): ReactNode;
}

export function PeopleTable({ people, excluded, format, children: action }: PeopleTableProps) {
  return (
    <Table flush density="condensed">
      <TableHead>
        <TableRow>
          <TableHeader>Person</TableHeader>
          <TableHeader>Role and level</TableHeader>
          <TableHeader>Buying signal</TableHeader>
          {excluded ? null : <TableHeader>Message now</TableHeader>}
          {action ? <TableHeader width="min"> </TableHeader> : null}
        </TableRow>
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.personId}>
            <TableCell>
              <Bold>{person.name}</Bold>
              <Small>{person.title ?? "No title"}</Small>
            </TableCell>
            <TableCell>
              <Text>{person.roles.map(({ label }) => label).join(", ") || "No role yet"}</Text>
              <Small>{person.levelText}</Small>
              {person.gone === null ? null : <Small>Cannot be reached any more</Small>}
            </TableCell>
            <TableCell>
              <Text>{person.buyingSignal ?? "—"}</Text>
              {person.lastTouchAt === null ? null : <Small>{format.day(person.lastTouchAt)}</Small>}
            </TableCell>
            {excluded ? null : <TableCell>{person.message ?? "—"}</TableCell>}
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
