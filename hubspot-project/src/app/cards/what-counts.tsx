import { Heading, Table, TableBody, TableCell, TableHead, TableHeader, TableRow, Text } from "@hubspot/ui-extensions";
import type { HighlightView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { Bold } from "./bold.tsx";
import { Column } from "./column.tsx";
import { Small } from "./small.tsx";

/** More is behind "Show every point". */
const SHOWN = 5;

interface WhatCountsProps {
  readonly highlights: readonly HighlightView[];
  readonly format: ReaderFormat;
}

/** The lines that matter, with who and when. */
export function WhatCounts({ highlights, format }: WhatCountsProps) {
  return (
    <Column>
      <Heading>What counts most</Heading>
      {highlights.length === 0 ? (
        <Text>Nothing has earned points yet.</Text>
      ) : (
        <Table flush density="condensed">
          <TableHead>
            <TableRow>
              <TableHeader>Who or what</TableHeader>
              <TableHeader width="min">When</TableHeader>
              <TableHeader width="min" align="right">
                Points
              </TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {highlights.slice(0, SHOWN).map((highlight) => (
              <HighlightRow key={`${highlight.model}:${highlight.label}`} highlight={highlight} format={format} />
            ))}
          </TableBody>
        </Table>
      )}
    </Column>
  );
}

function HighlightRow({ highlight, format }: { highlight: HighlightView; format: ReaderFormat }) {
  return (
    <TableRow>
      <TableCell>
        <Bold>{highlight.who}</Bold>
        <Small>{`${highlight.label} (${highlight.model})`}</Small>
      </TableCell>
      <TableCell width="min">{highlight.at === null ? "—" : format.day(highlight.at)}</TableCell>
      <TableCell width="min" align="right">
        {`${format.points(highlight.points)} of ${format.points(highlight.max)}`}
      </TableCell>
    </TableRow>
  );
}
