type Row = Readonly<Record<string, string | number>>;

interface BarChartProps {
  readonly data: readonly Row[];
  readonly axes: {
    readonly x: { readonly field: string; readonly label?: string };
    readonly y: { readonly field: string; readonly label?: string };
    readonly options?: { readonly groupFieldByColor?: string };
  };
  readonly options?: { readonly title?: string };
}

const [width, height, edge] = [600, 200, 28];
const colours = ["#1f4f91", "#d98324", "#3d8168", "#8a5fa8", "#b8435c"];

/** One column for each place on the x axis, its groups on each other, each with its value; and which colour is which. */
export function BarChart({ data, axes, options = {} }: BarChartProps) {
  const { x, y } = axes;
  const groupField = axes.options?.groupFieldByColor;
  const groupOf = (row: Row) => (groupField === undefined ? "" : String(row[groupField]));
  const groups = [...new Set(data.map(groupOf))];
  const columns = [...Map.groupBy(data, (row) => String(row[x.field]))];
  const highest = Math.max(1, ...columns.map(([, rows]) => rows.reduce((sum, row) => sum + Number(row[y.field]), 0)));
  const step = (width - 2 * edge) / Math.max(1, columns.length);
  return (
    <figure className="chart">
      <figcaption className="text microcopy">{options.title ?? y.label}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={options.title ?? y.label}>
        {columns.map(([label, rows], index) => (
          <g key={label} transform={`translate(${edge + index * step}, 0)`}>
            {stack(rows.map((row) => ({ group: groupOf(row), value: Number(row[y.field]) })))
              .filter(({ value }) => value > 0)
              .map(({ group, value, under }) => {
                const [top, bottom] = [yOf(under + value), yOf(under)];
                return (
                  <g key={group}>
                    <rect
                      x={step * 0.15}
                      width={step * 0.7}
                      y={top}
                      height={bottom - top}
                      fill={colours[groups.indexOf(group) % colours.length]}
                    >
                      <title>{`${label}, ${group}: ${value}`}</title>
                    </rect>
                    <text className="in-bar" x={step / 2} y={(top + bottom) / 2 + 4} textAnchor="middle">
                      {value}
                    </text>
                  </g>
                );
              })}
            <text x={step / 2} y={height - 8} textAnchor="middle">
              {label}
            </text>
          </g>
        ))}
      </svg>
      <ul className="legend">
        {groups
          .filter((group) => group !== "")
          .map((group, index) => (
            <li key={group}>
              <i style={{ background: colours[index % colours.length] }} />
              {group}
            </li>
          ))}
      </ul>
    </figure>
  );

  function yOf(value: number): number {
    return height - edge - (value * (height - 2 * edge)) / highest;
  }
}

interface Part {
  readonly group: string;
  readonly value: number;
}

/** Each part with the sum of those under it. */
function stack(parts: readonly Part[]): (Part & { readonly under: number })[] {
  let under = 0;
  return parts.map((part) => {
    const placed = { ...part, under };
    under += part.value;
    return placed;
  });
}
