import { List, TableCell, TableRow, Tag, Text, Tooltip } from "@hubspot/ui-extensions";
import type { EvidenceView, LineView } from "@touchstone/shared/card-api.ts";
import type { ReaderFormat } from "@touchstone/shared/reader-format.ts";
import { Bold } from "./bold.tsx";
import { Small } from "./small.tsx";

interface LedgerLineRowProps {
  readonly line: LineView;
  readonly format: ReaderFormat;
}

export function LedgerLineRow({ line, format }: LedgerLineRowProps) {
  return (
    <TableRow>
      <TableCell>{line.label}</TableCell>
      <TableCell width="min" align="right">
        <LinePoints line={line} format={format} />
      </TableCell>
      <TableCell>
        <Text>{asSentence(line.reason)}</Text>
        {line.state === "unknown" || line.arithmetic === "" ? null : <Small>{line.arithmetic}</Small>}
        <EvidenceList line={line} format={format} />
        {line.changesAt === null ? null : <Small>{`Changes by time alone on ${format.moment(line.changesAt)}`}</Small>}
      </TableCell>
    </TableRow>
  );
}

/** "Not known" never looks like a zero (product.md §3, three states). */
function LinePoints({ line, format }: LedgerLineRowProps) {
  if (line.state === "unknown") {
    return (
      <>
        <Tag overlay={<Tooltip>Nothing recorded says it yet. It counts neither for nor against.</Tooltip>}>
          Not known
        </Tag>
        <Small>{`up to ${format.points(line.max)}`}</Small>
      </>
    );
  }
  return (
    <>
      <Bold>{`${format.points(line.points)} of ${format.points(line.max)}`}</Bold>
      {line.cappedFrom === null ? null : <Small>{`capped, was ${format.points(line.cappedFrom)}`}</Small>}
    </>
  );
}

function EvidenceList({ line, format }: LedgerLineRowProps) {
  if (line.evidence.length === 0) return null;
  const hidden = line.evidenceCount - line.evidence.length;
  return (
    <List variant="unordered-styled">
      {line.evidence.map((evidence) => (
        <Small key={`${evidence.at}:${evidence.text}`}>{evidenceText(evidence, format)}</Small>
      ))}
      {hidden > 0 ? <Small>{`and ${hidden} more`}</Small> : null}
    </List>
  );
}

function evidenceText(evidence: EvidenceView, format: ReaderFormat): string {
  const when = evidence.at === null ? "" : `, ${format.day(evidence.at)}`;
  const worth = evidence.counted ? "" : ` (0 points${evidence.note === null ? "" : `: ${evidence.note}`})`;
  return `${evidence.text}${when}${worth}`;
}

/** Reasons are written to follow a label; here they stand alone. */
const asSentence = (reason: string): string => reason.charAt(0).toUpperCase() + reason.slice(1);
