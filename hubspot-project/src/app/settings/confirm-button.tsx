import { Button, ButtonRow, Flex, LoadingButton, Modal, ModalBody, useExtensionActions } from "@hubspot/ui-extensions";
import type { ReactNode } from "react";
import { Refused } from "./section-states.tsx";
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
  readonly write: Write;
  readonly children: ReactNode;
  /** True when it was done: then the question closes. */
  confirm(): Promise<boolean>;
}

/** A button that first says what will happen. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const {
    id,
    label,
    title,
    yes = label,
    destructive = false,
    disabled = false,
    small,
    write,
    children,
    confirm,
  } = props;
  const { closeOverlay } = useExtensionActions<"settings">();
  const press = async () => {
    if (await confirm()) closeOverlay(id);
  };
  const question = (
    <Modal id={id} title={title} width="md">
      <ModalBody>
        <Flex direction="column" gap="md">
          {children}
          <Refused write={write} />
          <ButtonRow>
            <LoadingButton
              variant={destructive ? "destructive" : "primary"}
              loading={write.busy}
              onClick={() => void press()}
            >
              {yes}
            </LoadingButton>
            <Button variant="secondary" onClick={() => closeOverlay(id)}>
              Cancel
            </Button>
          </ButtonRow>
        </Flex>
      </ModalBody>
    </Modal>
  );
  return (
    <Button
      variant={destructive ? "destructive" : "secondary"}
      size={small ? "xs" : "md"}
      disabled={disabled}
      overlay={question}
    >
      {label}
    </Button>
  );
}
