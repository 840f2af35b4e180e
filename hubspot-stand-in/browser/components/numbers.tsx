import type { ReactNode } from "react";

interface ProgressBarProps {
  readonly title?: string;
  readonly value?: number;
  readonly maxValue?: number;
  readonly valueDescription?: string;
}

export function ProgressBar({ title, value = 0, maxValue = 100, valueDescription }: ProgressBarProps) {
  const percent = maxValue > 0 ? Math.min(100, Math.max(0, (100 * value) / maxValue)) : 0;
  return (
    <div className="progress">
      <div className="progress-words">
        <span>{title}</span>
        <span>{valueDescription}</span>
      </div>
      <div
        className="progress-track"
        role="progressbar"
        aria-label={title}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={maxValue}
      >
        <div className="progress-value" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

export const Statistics = ({ children }: { children?: ReactNode }) => <div className="statistics">{children}</div>;

interface StatisticsItemProps {
  readonly label: string;
  readonly number: string | number;
  readonly children?: ReactNode;
}

export function StatisticsItem({ label, number, children }: StatisticsItemProps) {
  return (
    <div className="statistic">
      <span>{label}</span>
      <b>{number}</b>
      <div>{children}</div>
    </div>
  );
}
