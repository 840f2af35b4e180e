import { type ReactNode, useId } from "react";
import { closeOverlay, OverlayOf, useOverlay } from "./overlay.tsx";

interface Reactions {
  closePanel(id: string): void;
  closeModal(id: string): void;
}

interface ButtonProps {
  readonly variant?: "primary" | "secondary" | "destructive" | "transparent";
  readonly disabled?: boolean;
  readonly type?: "button" | "submit" | "reset";
  readonly size?: string;
  readonly overlay?: ReactNode;
  readonly children?: ReactNode;
  onClick?(event: object, reactions: Reactions): void;
}

const reactions: Reactions = { closePanel: closeOverlay, closeModal: closeOverlay };

export function Button({ variant = "secondary", type = "button", size = "md", ...rest }: ButtonProps) {
  const { disabled, overlay, onClick, children } = rest;
  const shown = useOverlay(useId());
  const press = () => {
    shown.show();
    onClick?.({}, reactions);
  };
  return (
    <>
      <button
        type={type}
        className={`button button-${variant} button-size-${size}`}
        disabled={disabled}
        onClick={press}
      >
        {children}
      </button>
      <OverlayOf overlay={shown}>{overlay}</OverlayOf>
    </>
  );
}

export function LoadingButton({ loading = false, disabled = false, ...rest }: ButtonProps & { loading?: boolean }) {
  return <Button {...rest} disabled={loading || disabled} />;
}

export const ButtonRow = ({ children }: { children?: ReactNode }) => <div className="button-row">{children}</div>;

interface TagProps {
  readonly variant?: string;
  readonly overlay?: ReactNode;
  readonly children?: ReactNode;
}

export function Tag({ variant = "default", overlay, children }: TagProps) {
  const shown = useOverlay(useId());
  if (!overlay) return <span className={`tag tag-${variant}`}>{children}</span>;
  return (
    <span className="has-tooltip">
      <button type="button" className={`tag tag-${variant}`} aria-describedby={shown.tooltipId}>
        {children}
      </button>
      <OverlayOf overlay={shown}>{overlay}</OverlayOf>
    </span>
  );
}

export const StatusTag = ({ variant = "default", children }: TagProps) => (
  <span className={`tag tag-${variant === "danger" ? "error" : variant}`}>{children}</span>
);
