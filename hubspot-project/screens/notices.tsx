import { Alert } from "@hubspot/ui-extensions";
import { Lines } from "./lines.tsx";

interface NoticesProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly variant?: "warning" | "success";
}

const most = 20;

/** Sentences that a person must see; nothing when there are none. */
export function Notices({ title, lines, variant = "warning" }: NoticesProps) {
  if (lines.length === 0) return null;
  return (
    <Alert title={title} variant={variant}>
      <Lines lines={lines} most={most} />
    </Alert>
  );
}
