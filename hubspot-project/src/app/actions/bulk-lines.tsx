import { Button, Flex, StatusTag } from "@hubspot/ui-extensions";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import type { BulkLineView, BulkStatus } from "@touchstone/shared/bulk-api.ts";
import { useState } from "react";

const shownAtFirst = 25;
const colours: Readonly<Record<BulkStatus, "success" | "default" | "danger">> = {
  done: "success",
  already: "default",
  refused: "danger",
};

/** Every chosen company with what becomes of it, those first that need a look. */
export function BulkLines({ lines }: { lines: readonly BulkLineView[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
  return (
    <Flex direction="column" gap="sm">
      <PlainTable
        columns={["Company", "Result", "Note"]}
        rows={shown.map(({ companyId, company, status, label, text }) => ({
          key: companyId,
          cells: [
            company,
            <StatusTag key="status" variant={colours[status]}>
              {label}
            </StatusTag>,
            text,
          ],
        }))}
      />
      {shown.length < lines.length ? (
        <Button variant="transparent" onClick={() => setWhole(true)}>
          {`Show all ${lines.length}`}
        </Button>
      ) : null}
    </Flex>
  );
}
