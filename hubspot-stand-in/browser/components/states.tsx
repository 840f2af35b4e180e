import type { ReactNode } from "react";

interface AlertProps {
  readonly title: string;
  readonly variant?: string;
  readonly children?: ReactNode;
}

export function Alert({ title, variant = "info", children }: AlertProps) {
  return (
    <div className={`alert alert-${variant}`} role="status">
      <strong>{title}</strong>
      <div>{children}</div>
    </div>
  );
}

interface StateProps {
  readonly title?: string;
  readonly children?: ReactNode;
}

export const EmptyState = ({ title, children }: StateProps) => (
  <BigState mark="○" title={title ?? ""} body={children} />
);

export const ErrorState = ({ title, children }: StateProps) => (
  <BigState mark="!" title={title ?? "Something went wrong"} body={children} />
);

function BigState({ mark, title, body }: { mark: string; title: string; body: ReactNode }) {
  return (
    <div className="big-state">
      <div className="big-state-mark" aria-hidden="true">
        {mark}
      </div>
      <h3>{title}</h3>
      <div className="big-state-body">{body}</div>
    </div>
  );
}

interface LoadingSpinnerProps {
  readonly label: string;
  readonly showLabel?: boolean;
  readonly layout?: "inline" | "centered";
}

export function LoadingSpinner({ label, showLabel = false, layout = "inline" }: LoadingSpinnerProps) {
  return (
    <div className={`spinner spinner-${layout}`} role="status" aria-label={label}>
      <span className="spinner-ring" />
      {showLabel ? <span>{label}</span> : null}
    </div>
  );
}
