type Row = Readonly<Record<string, string | number>>;

interface LineChartProps {
  readonly data: readonly Row[];
  readonly axes: {
    readonly x: { readonly field: string };
    readonly y: { readonly field: string; readonly label?: string };
  };
  readonly options?: { readonly title?: string };
}

const [width, height, edge] = [600, 160, 24];

/** One line through the points in the order in which they come, each with its value. */
export function LineChart({ data, axes, options = {} }: LineChartProps) {
  const title = options.title ?? axes.y.label;
  const values = data.map((row) => Number(row[axes.y.field]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, index) => ({
    value,
    label: String(data[index]?.[axes.x.field]),
    x: edge + (index * (width - 2 * edge)) / Math.max(1, values.length - 1),
    y: high === low ? height / 2 : height - edge - ((value - low) * (height - 2 * edge)) / (high - low),
  }));
  return (
    <figure className="chart">
      <figcaption className="text microcopy">{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
        {points.map(({ x, y, value, label }) => (
          <g key={label + x}>
            <circle cx={x} cy={y} r={4}>
              <title>{`${label}: ${value}`}</title>
            </circle>
            <text x={x} y={y - 9} textAnchor="middle">
              {value}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
