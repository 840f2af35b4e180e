import { Button } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";
import { FormModal } from "./form-modal.tsx";
import type { Write } from "./use-write.ts";

interface ConfirmButtonProps {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** What the button inside says; the same as outside when absent. */
  readonly yes?: string;
  readonly destructive?: boolean;
  readonly disabled?: boolean;
  readonly small?: boolean;
  readonly write: Pick<Write, "busy" | "refusal" | "forget">;
  readonly children: ReactNode;
  /** True when it was done: then the question closes. */
  confirm(): Promise<boolean>;
}

/** A button that first says what will happen. */
export function ConfirmButton({
  label,
  yes = label,
  destructive = false,
  disabled = false,
  small = false,
  children,
  confirm,
  ...question
}: ConfirmButtonProps) {
  return (
    <Button
      variant={destructive ? "destructive" : "secondary"}
      size={small ? "xs" : "md"}
      disabled={disabled}
      overlay={
        <FormModal {...question} yes={yes} destructive={destructive} submit={confirm}>
          {children}
        </FormModal>
      }
    >
      {label}
    </Button>
  );
}
