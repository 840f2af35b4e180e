import { BarChart, LineChart } from "@hubspot/ui-extensions";
import type { ReportChart } from "@touchstone/shared/reports-api.ts";

/** A picture of figures that come ready from the server; bars of one place stand on each other, a colour for each group. */
export function ReportPicture({ chart: { kind, title, xLabel, yLabel, points } }: { chart: ReportChart }) {
  const x = { field: "x", fieldType: "category", label: xLabel } as const;
  const y = { field: "y", fieldType: "linear", label: yLabel } as const;
  const options = { title, showDataLabels: true, showTooltips: true };
  if (kind === "line")
    return <LineChart data={points.map((point) => ({ x: point.x, y: point.y }))} axes={{ x, y }} options={options} />;
  return (
    <BarChart
      data={points.map((point) => ({ ...point }))}
      axes={{ x, y, options: { groupFieldByColor: "group", stacking: true } }}
      options={{ ...options, showLegend: true }}
    />
  );
}
