import { AutoGrid, Text } from "@hubspot/ui-extensions";
import { Lines } from "@touchstone/screens/lines.tsx";
import { Part } from "@touchstone/screens/part.tsx";
import { PlainTable } from "@touchstone/screens/plain-table.tsx";
import type { NamedAccount, PreviewView } from "@touchstone/shared/models-api.ts";
import { useSettings } from "./settings-context.ts";

const most = { movers: 25, hot: 25, largest: 5, lines: 5 } as const;
const nameOf = ({ companyId, name }: NamedAccount): string => name ?? `Company ${companyId}`;

/** Who moves, by name, and what that does to the bands and their caps. */
export function PreviewTables({ view }: { view: PreviewView }) {
  const { format } = useSettings();
  const { bands, caps, movers, moved, newHot, largest } = view;
  const labels = new Map(bands.map(({ key, label }) => [key, label]));
  const labelOf = (key: string) => labels.get(key) ?? key;
  const score = (value: number | null) => (value === null ? "none" : format.score(value));
  return (
    <Part gap="md">
      <AutoGrid columnWidth={360} flexible gap="md">
        <Part title="Distribution">
          <PlainTable
            columns={["Band", "Now", "After"]}
            rows={bands.map(({ key, label, before, after }) => ({ key, cells: [label, before, after] }))}
          />
        </Part>
        {caps === null ? null : (
          <Part title="Caps">
            <PlainTable
              columns={["Tier", "Cap", "In its band", "Over the cap"]}
              rows={caps.map(({ tier, cap, inBand, over }) => ({
                key: tier,
                cells: [labelOf(tier), cap, `${inBand.before} → ${inBand.after}`, `${over.before} → ${over.after}`],
              }))}
            />
          </Part>
        )}
      </AutoGrid>
      <Part title={moved === 0 ? "No account changes its band" : "Who moves"}>
        {moved === 0 ? null : (
          <PlainTable
            columns={["Account", "From", "To", "Score"]}
            rows={movers.slice(0, most.movers).map((mover) => ({
              key: mover.companyId,
              cells: [
                nameOf(mover),
                labelOf(mover.from),
                labelOf(mover.to),
                `${score(mover.scoreFrom)} → ${score(mover.scoreTo)}`,
              ],
            }))}
          />
        )}
        {moved > most.movers ? <Text>{`… and ${moved - most.movers} more`}</Text> : null}
      </Part>
      {newHot === null || newHot.accounts === 0 ? null : (
        <Part title="Newly hot">
          <Lines lines={newHot.named.map(nameOf)} most={most.hot} />
        </Part>
      )}
      {largest.length === 0 ? null : (
        <Part title="The largest changes">
          <PlainTable
            columns={["Account", "Score", "Why"]}
            rows={largest.slice(0, most.largest).map((one) => ({
              key: one.companyId,
              cells: [
                nameOf(one),
                `${score(one.scoreFrom)} → ${score(one.scoreTo)}`,
                <Lines key="why" lines={one.lines} most={most.lines} />,
              ],
            }))}
          />
        </Part>
      )}
    </Part>
  );
}
